import { join } from "node:path";
import { ComfydockError, isKind } from "../../base/mod.ts";
import { toolErrors } from "../../tools/mod.ts";
import { lookAt } from "../../workspace/disk/mod.ts";
import {
  type Mirror,
  mirrorName,
  type MirrorWorld,
  withMirror,
} from "../../workspace/mirrors/mod.ts";
import { withLock } from "../../workspace/mod.ts";
import type { NodeWorld } from "../types.ts";
import { storeErrors } from "./errors.ts";
import { LOCK_COMMAND, LOCK_PATIENCE_MS, sharingCache } from "./share_cache.ts";
import { readSubmodules } from "./submodules.ts";

/** A commit of a repository. */
export interface PackCommit {
  readonly url: string;
  /** The full SHA. */
  readonly commit: string;
}

const MAX_DEPTH = 8;

/**
 * Makes a working copy of a pack with its submodules, from mirrors; what they lack is fetched.
 *
 * @param directory Where to; must not exist or be empty.
 * @returns Paths of the submodules, with forward slashes.
 * @throws `NODE_NOT_STORED` offline, `NODE_SUBMODULE_REFUSED`, and git's errors
 */
export async function checkoutPack(
  world: NodeWorld,
  pack: PackCommit,
  directory: string,
): Promise<readonly string[]> {
  const below: string[] = [];
  await checkoutOne(world, pack, directory, "", 0, below);
  return below;
}

async function checkoutOne(
  world: NodeWorld,
  { url, commit }: PackCommit,
  root: string,
  path: string,
  depth: number,
  below: string[],
): Promise<void> {
  const directory = join(root, path);
  const submodules = await withPackMirror(world, url, async (mirror) => {
    await requireCommit(world, mirror, url, commit);
    await world.git.cloneMirror(mirror.path, directory, { commit, origin: url, exact: true });
    return await readSubmodules(world.git, mirror.path, commit, url);
  });
  for (const submodule of submodules) {
    if (depth >= MAX_DEPTH) throw refuse(submodule.path, url, "submodules nest too deep");
    const place = path === "" ? submodule.path : `${path}/${submodule.path}`;
    await requireRealPath(root, place, url);
    below.push(place);
    await checkoutOne(world, submodule, root, place, depth + 1, below);
  }
}

// Where names fold, a link of the repository could stand where the submodule goes.
async function requireRealPath(root: string, path: string, url: string): Promise<void> {
  const segments = path.split("/");
  for (let at = 1; at <= segments.length; at++) {
    const info = await lookAt(join(root, ...segments.slice(0, at)));
    if (info && !info.isDirectory) throw refuse(path, url, "something else lies at its path");
  }
}

/** Works with the mirror of a pack's repository under its lock. */
export async function withPackMirror<Result>(
  world: NodeWorld,
  url: string,
  work: (mirror: Mirror) => Promise<Result>,
): Promise<Result> {
  const { workspace, git, report, clock, signal } = world;
  const options = {
    command: LOCK_COMMAND,
    timeoutMs: LOCK_PATIENCE_MS,
    clock,
    signal,
  };
  const mirrors: MirrorWorld = {
    git,
    report,
    mirrors: workspace.nodeMirrors,
    exclusively: (name, inside) => withLock(workspace, name, options, inside),
  };
  const source = { url, mirror: await mirrorName(url) };
  return await sharingCache(world, () => withMirror(mirrors, "node-mirror", source, work));
}

async function requireCommit(
  world: NodeWorld,
  mirror: Mirror,
  url: string,
  commit: string,
): Promise<void> {
  if (await mirror.find(commit) === commit) return;
  if (world.offline) {
    throw new ComfydockError(
      storeErrors.NODE_NOT_STORED,
      `Cannot get commit ${commit} of ${url}: it is not on this machine and the network is switched off`,
      { hint: "Run the same command once without --offline", details: { url, commit } },
    );
  }
  const { report } = world;
  const id = `node-mirror-${url}`;
  report.emit({ kind: "started", id, label: `Fetching ${url}` });
  try {
    await mirror.update(await world.git.remoteRefs(url), commit);
  } catch (error) {
    if (!isKind(error, toolErrors.GIT_REF_NOT_FOUND)) throw error;
    throw new ComfydockError(
      storeErrors.NODE_NOT_STORED,
      `Cannot get commit ${commit} of ${url}: the repository does not have it any more`,
      {
        hint: "Take another commit, branch or tag of it",
        details: { url, commit },
        cause: error,
      },
    );
  } finally {
    report.emit({ kind: "finished", id });
  }
}

function refuse(path: string, url: string, why: string): ComfydockError {
  return new ComfydockError(
    storeErrors.NODE_SUBMODULE_REFUSED,
    `Cannot take the submodule ${JSON.stringify(path)} of ${url}: ${why}`,
    { hint: "Do not use this pack as it is; tell its author", details: { path, url, reason: why } },
  );
}
