import { join } from "node:path";
import { fileError, writeFileAtomic } from "../../base/mod.ts";
import type { RemoteRefs } from "../../tools/mod.ts";
import { copyTree, entriesIn, lookAt, movePath, removeTree } from "../disk/mod.ts";
import type { MirrorSource, MirrorWorld } from "./types.ts";

/** The mirror of a source, while no other process can touch it. */
export interface Mirror {
  /** Absolute path; nothing is there before the first update. */
  readonly path: string;
  /** The refs that the mirror has; `undefined` when there is no mirror. */
  refs(): Promise<RemoteRefs | undefined>;
  /** The full id of a commit that the mirror holds, from a full or unambiguous short one. */
  find(commit: string): Promise<string | undefined>;
  /**
   * Fetches all branches and tags, and one commit that none of them reaches.
   *
   * The update happens in a copy of hard links, which then takes the mirror's place: killed at any moment, the mirror
   * is the old one or the new one, or there was none.
   */
  update(refs: RemoteRefs, commit?: string): Promise<void>;
  /** Takes over a commit with its history from a file that `createBundle` of git has written; nothing else changes. */
  takeBundle(file: string, commit: string): Promise<void>;
}

/**
 * Works with the mirror of a source under its lock, after mending what a killed process left.
 *
 * @param family Begins the name of the lock, such as `comfyui`.
 */
export function withMirror<Result>(
  world: MirrorWorld,
  family: string,
  source: MirrorSource,
  work: (mirror: Mirror) => Promise<Result>,
): Promise<Result> {
  return world.exclusively(`${family}-${source.mirror.replace(/\.git$/, "")}`, async () => {
    await mend(world, source.mirror);
    return await work(createMirror(world, source));
  });
}

function createMirror({ git, mirrors }: MirrorWorld, source: MirrorSource): Mirror {
  const path = join(mirrors, source.mirror);
  const exists = async () => await lookAt(join(path, "HEAD")) !== undefined;
  const change = async (work: (staging: string) => Promise<void>) => {
    const staging = stagingPath(mirrors, source.mirror);
    try {
      await makeDirectory(mirrors);
      if (await exists()) await copyTree(path, staging, { hardLinks: true, include: isShared });
      await work(staging);
      await swap(mirrors, source.mirror, staging);
    } finally {
      await removeTree(staging);
    }
  };
  return {
    path,
    refs: async () => await exists() ? await git.remoteRefs(path) : undefined,
    find: async (commit) => await exists() ? await git.resolve(path, commit) : undefined,
    update: ({ defaultBranch }, commit) =>
      change(async (staging) => {
        await git.updateMirror(staging, source.url);
        if (commit !== undefined && await git.resolve(staging, commit) === undefined) {
          await git.fetchCommit(staging, source.url, commit);
        }
        if (defaultBranch !== undefined) {
          await writeFileAtomic(join(staging, "HEAD"), `ref: refs/heads/${defaultBranch}\n`);
        }
      }),
    takeBundle: (file, commit) => change((staging) => git.fetchBundle(staging, file, commit)),
  };
}

// git writes every file beside its place and renames it, save this one; its locks are the business of who holds them.
function isShared(path: string): boolean {
  return path !== "FETCH_HEAD" && !path.endsWith(".lock");
}

async function swap(mirrors: string, name: string, staging: string): Promise<void> {
  const path = join(mirrors, name);
  await removeTree(formerPath(mirrors, name));
  if (await lookAt(path)) await movePath(path, formerPath(mirrors, name));
  await movePath(staging, path);
  await removeTree(formerPath(mirrors, name));
}

async function mend({ mirrors, report }: MirrorWorld, name: string): Promise<void> {
  const former = formerPath(mirrors, name);
  const path = join(mirrors, name);
  if (await lookAt(former) && !(await lookAt(path))) await movePath(former, path);
  for (const entry of await entriesIn(mirrors)) {
    if (!entry.name.startsWith(`.${name}.`)) continue;
    try {
      await removeTree(join(mirrors, entry.name));
    } catch (error) {
      // A git whose comfydock was killed may still be writing there; the next run gets it.
      report.emit({ kind: "logged", level: "DEBUG", message: String(error) });
    }
  }
}

function formerPath(mirrors: string, name: string): string {
  return join(mirrors, `.${name}.former`);
}

function stagingPath(mirrors: string, name: string): string {
  return join(mirrors, `.${name}.${crypto.randomUUID().slice(0, 8)}.staging`);
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    throw fileError("Cannot create", path, error);
  }
}
