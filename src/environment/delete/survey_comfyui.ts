import { isAbsolute, join } from "node:path";
import { baseErrors, ComfydockError, isKind } from "../../base/mod.ts";
import { readCheckoutState } from "../../comfyui/mod.ts";
import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import { readTreeState } from "../nodes/tree_state.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import type { KeptReason } from "./types.ts";

/** A path below the environment that is kept, before it is measured. */
export type Keeper = readonly [path: string, reason: KeptReason];

/** What programs leave behind and make again. */
const MADE_AGAIN = /^(__pycache__|.*\.py[co]|\.git)$/;

/**
 * Finds out what of ComfyUI must be kept: all of it where it differs from its commit, else what git does not have.
 *
 * A node pack that is a clone at a known commit is judged likewise, and one of the registry whose files are what was
 * installed; other packs are kept whole.
 */
export async function surveyComfyUI(world: EnvironmentWorld): Promise<readonly Keeper[]> {
  const { environment: { comfyui } } = world;
  const isDirectory = (await lookAt(comfyui))?.isDirectory;
  const manifest = await unlessItFails(async () => (await readEnvironmentState(world)).manifest);
  const tracked = isDirectory && manifest && await readClean(world, manifest);
  return tracked ? await strangersIn(world, "ComfyUI", tracked, manifest) : [["ComfyUI", "local"]];
}

/** The files of a working copy that git gives back, and every directory above one. */
interface Tracked {
  readonly files: ReadonlySet<string>;
  readonly directories: ReadonlySet<string>;
}

async function readClean(
  world: EnvironmentWorld,
  { environment: { comfyuiCommit, comfyuiRepository } }: Manifest,
): Promise<Tracked | undefined> {
  if (comfyuiRepository === undefined) return undefined;
  if (isAbsolute(comfyuiRepository) && !await lookAt(comfyuiRepository)) return undefined;
  return await readTracked(world, world.environment.comfyui, comfyuiCommit);
}

/** What git gives back of a working copy; nothing where the copy is not what a commit that others have says. */
async function readTracked(
  { git }: EnvironmentWorld,
  directory: string,
  commit: string | undefined,
): Promise<Tracked | undefined> {
  if (commit === undefined) return undefined;
  return await unlessItFails(async () => {
    const state = await readCheckoutState(git, directory);
    const clean = state.status === "present" && state.commit === commit &&
      state.changed.length === 0 && await git.ownCommits(directory) === 0;
    if (!clean) return undefined;
    const files = new Set(await git.trackedFiles(directory));
    const directories = new Set<string>();
    for (const file of files) {
      for (let at = file.indexOf("/"); at >= 0; at = file.indexOf("/", at + 1)) {
        directories.add(file.slice(0, at));
      }
    }
    return { files, directories };
  });
}

/** All that is not in git, in the largest pieces that hold nothing else. */
async function strangersIn(
  world: EnvironmentWorld,
  root: string,
  { files, directories }: Tracked,
  manifest?: Manifest,
): Promise<readonly Keeper[]> {
  const found: Keeper[] = [];
  const visit = async (inner: string) => {
    const directory = join(world.environment.root, root, inner);
    for await (const { name, isSymlink } of Deno.readDir(directory)) {
      const path = inner === "" ? name : `${inner}/${name}`;
      if (files.has(path) || MADE_AGAIN.test(name)) continue;
      // Only ComfyUI itself has these: previews, and the link to the models of the workspace, which stay.
      if (manifest && (path === "temp" || (path === "models" && isSymlink))) continue;
      if (directories.has(path) && !isSymlink) await visit(path);
      else found.push(...await judge(world, `${root}/${path}`, manifest && packAt(manifest, path)));
    }
  };
  await visit("");
  return found;
}

async function judge(
  world: EnvironmentWorld,
  path: string,
  pack: ManifestNode | undefined,
): Promise<readonly Keeper[]> {
  const tracked = pack?.source === "git" && pack.repository !== undefined
    ? await readTracked(world, join(world.environment.root, path), pack.commit)
    : undefined;
  if (tracked) return await strangersIn(world, path, tracked);
  const extra = pack?.source === "registry" ? await strangersOf(world, path, pack) : undefined;
  if (extra) return extra.map((file) => [`${path}/${file}`, "made"]);
  return [[path, pack ? "local" : "made"]];
}

/** What somebody put into a pack whose own files the registry gives back; nothing where these differ. */
async function strangersOf(
  world: EnvironmentWorld,
  path: string,
  { id, directory = id, treeSha256: expected }: ManifestNode,
): Promise<readonly string[] | undefined> {
  const place = { path: join(world.environment.root, path), directory, expected };
  const state = await unlessItFails(() => readTreeState(world, place));
  return state?.kind === "tree" && state.tree === expected ? state.extra : undefined;
}

function packAt({ nodes }: Manifest, path: string): ManifestNode | undefined {
  const name = /^custom_nodes\/([^/]+)$/.exec(path)?.[1];
  return Object.values(nodes).find((node) => (node.directory ?? node.id) === name);
}

/** What cannot be judged, for instance because git is missing, is kept. */
async function unlessItFails<Result>(ask: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ComfydockError && !isKind(error, baseErrors.INTERRUPTED)) {
      return undefined;
    }
    throw error;
  }
}
