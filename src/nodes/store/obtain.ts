import { baseErrors, ComfydockError, exists, isKind } from "../../base/mod.ts";
import { lookAt } from "../../workspace/disk/mod.ts";
import { directoryNameOf } from "../disk/directory_name.ts";
import type { NodeTarget, NodeWorld, ObtainedNode } from "../types.ts";
import { checkTarget } from "./check_target.ts";
import { storeErrors } from "./errors.ts";
import { fetchGitPack } from "./obtain_git.ts";
import { copyLocalPack, type LocalTarget } from "./obtain_local.ts";
import { fetchRegistryPack } from "./obtain_registry.ts";
import type { NodeOrigin } from "./origins.ts";
import { sharingCache } from "./share_cache.ts";
import { findStored, type Staging, withStaging } from "./store.ts";
import type { StoredTree } from "./stored_tree.ts";

/**
 * Gets the files of a node pack: from the store when it has them intact, else from where the target says.
 *
 * Several processes may want the same pack: one fetches, the others wait and take what it got. Killed at any moment, the
 * store holds whole trees only.
 *
 * @throws `NODE_REFERENCE_INVALID`, `NODE_NOT_STORED`, `NODE_ARCHIVE_REPLACED`, `NODE_TREE_DIFFERS`, `NODE_TREE_UNSAFE`, `NODE_DOWNLOAD_MISSING`,
 * `NODE_SUBDIRECTORY_NOT_FOUND`, `NODE_SUBMODULE_REFUSED`, and those of archives, downloads, git and files
 */
export async function obtainNode(world: NodeWorld, target: NodeTarget): Promise<ObtainedNode> {
  checkTarget(target);
  if (target.source === "development") return await development(target);
  return await sharingCache(world, () => obtainShared(world, target));
}

async function obtainShared(world: NodeWorld, target: NodeTarget): Promise<ObtainedNode> {
  const known = await findStored(world, target);
  if (known) return obtained(target, known, true);
  requireReach(world, target);
  const got = await withStaging(world, keyOf(target), async (staging) => {
    const meanwhile = await findStored(world, target);
    return meanwhile
      ? { ...meanwhile, fromStore: true }
      : { ...await fetchPack(world, target, staging), fromStore: false };
  });
  const { treeSha256 } = got.stored;
  if (target.treeSha256 !== undefined && target.treeSha256 !== treeSha256) {
    throw differs(target, target.treeSha256, treeSha256);
  }
  return obtained(target, got, got.fromStore);
}

async function development(target: LocalTarget): Promise<ObtainedNode> {
  const { path } = target;
  if (path === undefined || !await lookAt(path)) throw gone(target);
  return { target, tree: path, directory: directoryNameOf(target), fromStore: true };
}

function obtained(
  target: NodeTarget,
  { stored, origin }: { stored: StoredTree; origin?: NodeOrigin },
  fromStore: boolean,
): ObtainedNode {
  const archive = origin?.kind === "registry" ? origin.archiveSha256 : undefined;
  return {
    target,
    tree: stored.tree,
    treeSha256: stored.treeSha256,
    archiveSha256: target.source === "registry" ? archive ?? target.archiveSha256 : undefined,
    directory: directoryNameOf(target),
    fromStore,
  };
}

async function fetchPack(
  world: NodeWorld,
  target: NodeTarget,
  staging: Staging,
): Promise<{ readonly stored: StoredTree; readonly origin: NodeOrigin }> {
  if (target.source === "registry") return await fetchRegistryPack(world, target, staging);
  if (target.source === "git") return await fetchGitPack(world, target, staging);
  if (target.path === undefined) throw gone(target);
  try {
    return await copyLocalPack(world, target, target.path, staging);
  } catch (error) {
    const missing = isKind(error, baseErrors.FILE_NOT_FOUND) && !await exists(target.path);
    throw missing ? gone(target, error) : error;
  }
}

/** Equal for targets that must not be fetched twice at once. */
function keyOf(target: NodeTarget): string {
  if (target.source === "registry") return `registry ${target.id.toLowerCase()} ${target.version}`;
  if (target.source === "git") return `git ${target.commit} ${target.subdirectory ?? ""}`;
  return `local ${target.path ?? target.id}`;
}

// Git can still do without a network when its mirror holds the commit; it says so itself where it does not.
function requireReach(world: NodeWorld, target: NodeTarget): void {
  if (target.source !== "registry" || !world.offline) return;
  const { id, version } = target;
  throw new ComfydockError(
    storeErrors.NODE_NOT_STORED,
    `Cannot get the node pack ${id} ${version}: it is not on this machine and the network is switched off`,
    { hint: "Run the same command once without --offline", details: { id, version } },
  );
}

function gone({ id, path, source }: LocalTarget, cause?: unknown): ComfydockError {
  const where = path === undefined ? "" : `, and "${path}" does not exist`;
  return new ComfydockError(
    storeErrors.NODE_NOT_STORED,
    `Cannot get the ${source} node pack ${id}: its files are not in the store of this workspace${where}`,
    {
      hint:
        `Bring its directory here and run comfydock node add PATH, or import a bundle that was exported --with-nodes`,
      details: { id, path },
      cause,
    },
  );
}

function differs(target: NodeTarget, locked: string, found: string): ComfydockError {
  return new ComfydockError(
    storeErrors.NODE_TREE_DIFFERS,
    `Cannot install the node pack ${target.id}: its files are not those that were locked; ` +
      `locked is tree ${locked}, what came has ${found}`,
    {
      hint:
        `Run comfydock node remove ${target.id} and add it again to take the files as they are now`,
      details: { id: target.id, locked, found },
    },
  );
}
