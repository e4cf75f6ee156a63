import { join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { lookAt, removeTree } from "../../workspace/disk/mod.ts";
import type { NodeTarget, NodeWorld } from "../types.ts";
import { checkoutPack, withPackMirror } from "./checkout.ts";
import { copyEntries } from "./copy_entries.ts";
import { storeErrors } from "./errors.ts";
import type { NodeOrigin } from "./origins.ts";
import { type Staging, storeTree } from "./store.ts";
import type { StoredTree } from "./stored_tree.ts";
import { listTree, refuseEscapingLinks, type TreeEntryKind } from "./tree_entries.ts";

/** A pack that comes from a repository. */
export type GitTarget = Extract<NodeTarget, { source: "git" }>;

/**
 * Takes the files of a commit into the store, its submodules with it.
 *
 * @throws `NODE_SUBDIRECTORY_NOT_FOUND`, and what {@linkcode checkoutPack} throws
 */
export async function fetchGitPack(
  world: NodeWorld,
  target: GitTarget,
  staging: Staging,
): Promise<{ readonly stored: StoredTree; readonly origin: NodeOrigin }> {
  const work = join(staging.scratch, "work");
  await checkoutPack(world, target, work);
  const root = await findPackRoot(work, target);
  const kinds = await kindsOf(world, target);
  const entries = await listTree(root, { kinds, signal: world.signal });
  refuseEscapingLinks(entries);
  await copyEntries(entries, staging.tree, { as: "shared", signal: world.signal });
  await removeTree(work);
  const { url, commit, subdirectory } = target;
  const origin: NodeOrigin = { kind: "git", url, commit, subdirectory };
  await tellOfPointers(world, staging.tree, target);
  return { stored: await storeTree(world, staging, origin, kinds), origin };
}

async function findPackRoot(work: string, target: GitTarget): Promise<string> {
  const { subdirectory, url, commit } = target;
  if (subdirectory === undefined) return work;
  const segments = subdirectory.split("/");
  for (let at = 1; at <= segments.length; at++) {
    if ((await lookAt(join(work, ...segments.slice(0, at))))?.isDirectory) continue;
    throw new ComfydockError(
      storeErrors.NODE_SUBDIRECTORY_NOT_FOUND,
      `Cannot find the directory "${subdirectory}" in ${url} at ${commit.slice(0, 12)}`,
      { hint: `Look at ${url} for its directories`, details: { url, commit, subdirectory } },
    );
  }
  return join(work, ...segments);
}

// Only systems whose files tell nothing need them; a submodule's files count as plain there.
async function kindsOf(
  world: NodeWorld,
  { url, commit, subdirectory }: GitTarget,
): Promise<ReadonlyMap<string, TreeEntryKind> | undefined> {
  if (Deno.build.os !== "windows") return undefined;
  const entries = await withPackMirror(
    world,
    url,
    (mirror) => world.git.listTree(mirror.path, commit),
  );
  const above = subdirectory === undefined ? "" : `${subdirectory}/`;
  const kinds = new Map<string, TreeEntryKind>();
  for (const { path, kind } of entries) {
    if (kind === "submodule" || !path.startsWith(above)) continue;
    kinds.set(path.slice(above.length).normalize("NFC"), kind);
  }
  return kinds;
}

const POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\//;
const MAX_POINTER = 1_024;

async function tellOfPointers(world: NodeWorld, tree: string, target: GitTarget): Promise<void> {
  const pointers: string[] = [];
  for (const { path, place, size, kind } of await listTree(tree)) {
    if (size > MAX_POINTER || size < 100 || kind === "link") continue;
    if (POINTER.test(await Deno.readTextFile(place))) pointers.push(path);
  }
  if (pointers.length === 0) return;
  world.report.emit({
    kind: "warned",
    code: "NODE_LARGE_FILES",
    message:
      `${target.id} keeps ${pointers.length} large files with git LFS, which are not fetched: ${
        pointers.slice(0, 3).join(", ")
      }; run "git lfs pull" in its directory if the pack needs them`,
  });
}
