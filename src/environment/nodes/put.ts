import { dirname, join } from "node:path";
import { fileError } from "../../base/mod.ts";
import type { ObtainedNode } from "../../nodes/mod.ts";
import { copyTree, lookAt, type Transaction } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import type { SurveyedNode } from "./survey.ts";
import { stampTree } from "./tree_state.ts";

/** A pack that comes where another version of it may be. */
export interface Placement {
  readonly obtained: ObtainedNode;
  readonly target: string;
  /** What is there now. */
  readonly old?: SurveyedNode;
}

/**
 * Puts a pack where it belongs; files that an older version does not know as its own come along.
 *
 * What could not be had again goes to the trash.
 */
export async function putNode(
  world: EnvironmentWorld,
  transaction: Transaction,
  { obtained, target, old }: Placement,
): Promise<void> {
  const staged = await transaction.stagePath();
  const { placeNode } = await import("../../nodes/mod.ts");
  await placeNode(world, obtained, staged);
  const extra = old?.tree && old.tree.kind !== "unknown" ? old.tree.extra : [];
  const carried = old?.path === undefined ? [] : await carry(old.path, staged, extra);
  const lossless = old?.tree?.kind === "tree" && carried.length === extra.length &&
    !await hasOwnCommits(world, old.path);
  if (old?.path !== undefined && old.path !== target) {
    await discard(transaction, old.path, lossless);
  }
  world.checkpoints.reach("environment:node-staged");
  await transaction.replace(target, staged, { keep: lossless ? "undo" : "trash" });
  const { treeSha256: tree, directory } = obtained;
  if (tree !== undefined) await stampTree(world, { path: target, directory, tree, extra: carried });
  world.checkpoints.reach("environment:node-placed");
}

/** Brings files along that the new version has not; they are shared with the old directory, which nobody uses any more. */
async function carry(
  from: string,
  to: string,
  extra: readonly string[],
): Promise<readonly string[]> {
  const carried: string[] = [];
  for (const path of extra) {
    const target = join(to, path);
    if (await lookAt(target)) continue;
    try {
      await Deno.mkdir(dirname(target), { recursive: true });
    } catch (error) {
      // The new version has a file where the old one had a directory.
      if (
        error instanceof Deno.errors.AlreadyExists || error instanceof Deno.errors.NotADirectory
      ) {
        continue;
      }
      throw fileError("Cannot create", dirname(target), error);
    }
    await copyTree(join(from, path), target, { hardLinks: true });
    carried.push(path);
  }
  return carried;
}

/** Takes a pack away that the manifest no longer has; what could not be had again goes to the trash. */
export async function takeNodeAway(
  world: EnvironmentWorld,
  transaction: Transaction,
  { node, path, leftover, tree }: SurveyedNode,
): Promise<void> {
  if (leftover !== undefined) await transaction.trash(leftover);
  if (path === undefined) return;
  if (node.source === "development") {
    // A pack in development is its author's; only the link to it is ours.
    if ((await lookAt(path))?.isSymlink) await transaction.remove(path);
    return;
  }
  const lossless = tree?.kind === "tree" && tree.extra.length === 0 && node.source !== "local" &&
    !await hasOwnCommits(world, path);
  await discard(transaction, path, lossless);
  world.checkpoints.reach("environment:node-removed");
}

// What was committed or stashed in a working copy is nowhere else.
async function hasOwnCommits(
  { git }: EnvironmentWorld,
  path: string | undefined,
): Promise<boolean> {
  if (path === undefined || !await lookAt(join(path, ".git"))) return false;
  return await git.ownCommits(path) > 0;
}

async function discard(transaction: Transaction, path: string, lossless: boolean): Promise<void> {
  if (lossless) await transaction.remove(path);
  else await transaction.trash(path);
}
