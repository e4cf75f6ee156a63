import { join } from "node:path";
import { ComfydockError, ExitCode, writeFileAtomic } from "../../base/mod.ts";
import { linkDirectory } from "../../workspace/mod.ts";
import { removeTree } from "../../workspace/disk/mod.ts";
import type { NodeWorld, ObtainedNode } from "../types.ts";
import { checkoutPack } from "./checkout.ts";
import { copyEntries } from "./copy_entries.ts";
import { storeErrors } from "./errors.ts";
import { hashTree } from "./hash_tree.ts";
import type { GitTarget } from "./obtain_git.ts";
import { sharingCache } from "./share_cache.ts";
import { readListing, storedTree } from "./stored_tree.ts";
import { listTree, type TreeEntryKind } from "./tree_entries.ts";

/**
 * Builds the installed form of a pack: files of its own to write, as ComfyUI-Manager would leave them.
 *
 * Registry packs get Manager's `.tracking`; git packs are working copies whose `origin` is the real address; a
 * development pack becomes a link to where it lies. Git packs of which only the store is left come without `.git`, which
 * is told.
 *
 * @param directory Where to; must not exist. After a failure, nothing is there.
 * @throws `NODE_TREE_DIFFERS`, `FILE_UNWRITABLE`, `DISK_FULL`, and git's errors
 */
export async function placeNode(
  world: NodeWorld,
  node: ObtainedNode,
  directory: string,
): Promise<void> {
  const { target } = node;
  if (target.source === "development") return void await linkDirectory(directory, node.tree);
  try {
    await sharingCache(world, () => placeShared(world, node, directory));
  } catch (error) {
    await removeTree(directory);
    throw error;
  }
}

async function placeShared(world: NodeWorld, node: ObtainedNode, directory: string): Promise<void> {
  const { target, treeSha256 } = node;
  const kinds = await storedKinds(world, treeSha256);
  const placed = target.source === "git" && target.subdirectory === undefined &&
    await placeRepository(world, target, directory);
  if (!placed) await placeFiles(world, node, directory, kinds);
  const found = await hashTree(directory, { kinds, signal: world.signal });
  if (treeSha256 !== undefined && found !== treeSha256) throw differs(node, treeSha256, found);
}

async function placeFiles(
  world: NodeWorld,
  { tree, target }: ObtainedNode,
  directory: string,
  kinds: ReadonlyMap<string, TreeEntryKind> | undefined,
): Promise<void> {
  const entries = await listTree(tree, { kinds, signal: world.signal });
  await copyEntries(entries, directory, { as: "own", signal: world.signal });
  if (target.source !== "registry") return;
  // Manager takes away these files, and only these, when it updates or removes the pack.
  await writeFileAtomic(join(directory, ".tracking"), entries.map(({ path }) => path).join("\n"));
}

/** Whether the repository could be had. */
async function placeRepository(
  world: NodeWorld,
  target: GitTarget,
  directory: string,
): Promise<boolean> {
  try {
    await checkoutPack(world, target, directory);
  } catch (error) {
    if (!(error instanceof ComfydockError) || error.exit !== ExitCode.network) throw error;
    await removeTree(directory);
    world.report.emit({
      kind: "warned",
      code: "NODE_WITHOUT_REPOSITORY",
      message: `${target.id} is installed from the store without its git history: ${error.message}`,
    });
    return false;
  }
  if (target.registryId !== undefined) {
    await writeFileAtomic(join(directory, ".git", ".cnr-id"), target.registryId.toLowerCase());
  }
  return true;
}

/** The kinds that a stored tree had when it came in, for systems whose files do not tell. */
async function storedKinds(
  { workspace }: NodeWorld,
  treeSha256: string | undefined,
): Promise<ReadonlyMap<string, TreeEntryKind> | undefined> {
  if (treeSha256 === undefined || Deno.build.os !== "windows") return undefined;
  const stored = storedTree(join(workspace.nodeStore, treeSha256), treeSha256);
  const listing = await readListing(stored);
  return listing && new Map([...listing.files].map(([path, { kind }]) => [path, kind]));
}

function differs({ target }: ObtainedNode, locked: string, found: string): ComfydockError {
  return new ComfydockError(
    storeErrors.NODE_TREE_DIFFERS,
    `Cannot install the node pack ${target.id}: what was written is not what the store has; ` +
      `stored is tree ${locked}, written was ${found}`,
    {
      hint: target.source === "git"
        ? "Look at git's global configuration for filters that change files"
        : "Run the same command again; if that does not help, check the disk",
      details: { id: target.id, locked, found },
    },
  );
}
