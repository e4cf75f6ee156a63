import { join } from "node:path";
import { fileError } from "../../base/mod.ts";
import { type HeldLock, moveToTrash, withLock } from "../../workspace/mod.ts";
import { entriesIn, lookAt, removeTree } from "../../workspace/disk/mod.ts";
import type { NodeTarget, NodeWorld } from "../types.ts";
import { protectEntries } from "./copy_entries.ts";
import { describeTree, hashListing } from "./hash_tree.ts";
import { isOriginOf, type NodeOrigin, originsText } from "./origins.ts";
import { LOCK_COMMAND, LOCK_PATIENCE_MS } from "./share_cache.ts";
import {
  isIntact,
  noteOrigin,
  readOriginsOf,
  type StoredTree,
  storedTree,
  storedTrees,
} from "./stored_tree.ts";
import { listTree, refuseEscapingLinks, type TreeEntryKind } from "./tree_entries.ts";

/**
 * Finds the stored tree that a target wants, and sees that it is intact.
 *
 * One that is not is set aside into the trash and told.
 */
export async function findStored(
  world: NodeWorld,
  target: NodeTarget,
): Promise<{ readonly stored: StoredTree; readonly origin?: NodeOrigin } | undefined> {
  const { nodeStore } = world.workspace;
  const wanted = target.treeSha256;
  const candidates = wanted === undefined
    ? target.source === "local" ? [] : await storedTrees(nodeStore)
    : [storedTree(join(nodeStore, wanted), wanted)];
  for (const stored of candidates) {
    if (!await lookAt(stored.directory)) continue;
    const origins = await readOriginsOf(stored);
    const origin = origins.find((each) => isOriginOf(each, target));
    if (wanted === undefined && !origin) continue;
    if (!await isIntact(stored, world.signal)) {
      await setAside(world, stored, target.id);
      continue;
    }
    // `cache prune` spares what was used lately.
    const now = new Date(world.clock.now());
    await Deno.utime(stored.directory, now, now);
    return { stored, origin };
  }
  return undefined;
}

async function setAside(world: NodeWorld, stored: StoredTree, id: string): Promise<void> {
  const at = new Date(world.clock.now()).toISOString();
  const entry = await moveToTrash(world.workspace, stored.directory, {
    command: LOCK_COMMAND,
    at,
  });
  world.report.emit({
    kind: "warned",
    code: "NODE_STORE_DAMAGED",
    message:
      `The stored files of ${id} were changed since they came in: they lie in the trash as ${entry.id}, and are fetched anew`,
  });
}

/** Where a tree is built before it comes into the store. */
export interface Staging {
  /** Where the files go; does not exist yet. */
  readonly tree: string;
  /** A directory for what is needed on the way. */
  readonly scratch: string;
}

/**
 * Builds a tree beside the store while no other process builds the same one; what a killed one left is removed.
 *
 * @param key Equal for what must not be built twice at once.
 */
export async function withStaging<Result>(
  world: NodeWorld,
  key: string,
  work: (staging: Staging) => Promise<Result>,
): Promise<Result> {
  const { workspace, clock, signal, report } = world;
  const name = `node-${hashListing(key).slice(0, 3)}`;
  const options = {
    command: LOCK_COMMAND,
    timeoutMs: LOCK_PATIENCE_MS,
    clock,
    signal,
    onWait: () =>
      report.emit({
        kind: "logged" as const,
        level: "INFO" as const,
        message: "Waiting for another comfydock that fetches a node pack",
      }),
  };
  return await withLock(workspace, name, options, async (lock) => {
    await clearStaging(workspace.nodeStore, lock);
    const staging = join(workspace.nodeStore, `${stagingPrefix(lock)}${crypto.randomUUID()}`);
    const scratch = join(staging, "scratch");
    try {
      await Deno.mkdir(scratch, { recursive: true }).catch((error) => {
        throw fileError("Cannot create", scratch, error);
      });
      return await work({ tree: join(staging, "tree"), scratch });
    } finally {
      await removeTree(staging);
    }
  });
}

function stagingPrefix({ name }: HeldLock): string {
  return `.staging-${name}-`;
}

async function clearStaging(store: string, lock: HeldLock): Promise<void> {
  for (const { name } of await entriesIn(store)) {
    if (name.startsWith(stagingPrefix(lock))) await removeTree(join(store, name));
  }
}

/**
 * Takes a staged tree into the store by one rename, under the digest of its files.
 *
 * @param kinds Kinds by path, where the system's files do not tell them.
 * @throws `NODE_TREE_UNSAFE`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function storeTree(
  world: NodeWorld,
  { tree, scratch }: Staging,
  origin: NodeOrigin,
  kinds?: ReadonlyMap<string, TreeEntryKind>,
): Promise<StoredTree> {
  const { workspace: { nodeStore }, signal } = world;
  const entries = await listTree(tree, { kinds, signal });
  refuseEscapingLinks(entries);
  const text = await describeTree(entries, { signal });
  const treeSha256 = hashListing(text);
  const stored = storedTree(join(nodeStore, treeSha256), treeSha256);
  if (await lookAt(stored.directory)) {
    if (await isIntact(stored, signal)) {
      await noteOrigin(stored, origin);
      return stored;
    }
    await setAside(world, stored, origin.kind === "git" ? origin.url : origin.id);
  }
  await protectEntries(entries);
  const made = storedTree(join(scratch, "entry"), treeSha256);
  try {
    await Deno.mkdir(made.directory);
    await Deno.rename(tree, made.tree);
    await Deno.writeTextFile(made.listing, text, { mode: 0o444 });
    await Deno.writeTextFile(made.record, originsText([origin]));
    world.checkpoints?.reach("node:staged");
    await Deno.rename(made.directory, stored.directory);
    world.checkpoints?.reach("node:stored");
  } catch (error) {
    // Another pack with the very same files may have come in meanwhile.
    if (!await lookAt(stored.directory) || !await isIntact(stored, signal)) {
      throw fileError("Cannot write", stored.directory, error);
    }
  }
  return stored;
}
