import { join } from "node:path";
import { type ArchiveEntry, unpackArchive } from "../../archive/mod.ts";
import { ComfydockError, isKind } from "../../base/mod.ts";
import { type DownloadedFile, downloadErrors, downloadFile } from "../../http/download/mod.ts";
import { removeTree } from "../../workspace/disk/mod.ts";
import type { NodeTarget, NodeWorld } from "../types.ts";
import { storeErrors } from "./errors.ts";
import { hashListing } from "./hash_tree.ts";
import type { NodeOrigin } from "./origins.ts";
import { type Staging, storeTree } from "./store.ts";
import type { StoredTree } from "./stored_tree.ts";
import type { TreeEntryKind } from "./tree_entries.ts";

type RegistryTarget = Extract<NodeTarget, { source: "registry" }>;

const MAX_ARCHIVE = 1024 ** 3;

/**
 * Fetches the archive of a registry pack, checks it and takes its files into the store.
 *
 * @throws `NODE_DOWNLOAD_MISSING`, `NODE_ARCHIVE_REPLACED`, those of downloads and archives
 */
export async function fetchRegistryPack(
  world: NodeWorld,
  target: RegistryTarget,
  staging: Staging,
): Promise<{ readonly stored: StoredTree; readonly origin: NodeOrigin }> {
  const archive = await fetchArchive(world, target);
  world.checkpoints?.reach("node:fetched");
  const archiveSha256 = archive.digests.sha256!;
  try {
    const entries = await unpackArchive(archive.path, staging.tree, {
      select: isWanted,
      signal: world.signal,
    });
    world.checkpoints?.reach("node:unpacked");
    const { id, version, downloadUrl: url } = target;
    const origin: NodeOrigin = { kind: "registry", id, version, url, archiveSha256 };
    return { stored: await storeTree(world, staging, origin, kindsOf(entries)), origin };
  } finally {
    await removeTree(archive.path);
  }
}

// A repository inside an archive would bring settings that git obeys; what Python and Manager write is made here.
function isWanted({ path }: ArchiveEntry): boolean {
  const segments = path.toLowerCase().split("/");
  if (segments.some((name) => name === ".git" || name === "git~1" || name === "__pycache__")) {
    return false;
  }
  return segments[0] !== ".tracking";
}

function kindsOf(entries: readonly ArchiveEntry[]): ReadonlyMap<string, TreeEntryKind> {
  return new Map(
    entries.filter(({ kind }) => kind === "file")
      .map(({ path, executable }) => [path.normalize("NFC"), executable ? "executable" : "file"]),
  );
}

async function fetchArchive(world: NodeWorld, target: RegistryTarget): Promise<DownloadedFile> {
  const { downloadUrl: url, version, archiveSha256: locked } = target;
  const { report, signal } = world;
  if (url === "") throw noAddress(target);
  const path = join(world.workspace.downloads, archiveName(target));
  // A finished file that a killed process left could be of any age.
  await removeTree(path);
  const id = `node-${target.id}`;
  let done = 0;
  report.emit({ kind: "started", id, label: `Fetching ${target.id} ${version}`, unit: "bytes" });
  try {
    return await downloadFile(await world.http(), {
      url,
      target: path,
      maxBytes: MAX_ARCHIVE,
      digests: { sha256: true },
      expected: locked === undefined ? undefined : { sha256: locked },
      onBytes(now, total) {
        report.emit({ kind: "advanced", id, by: now - done, total });
        done = now;
      },
      signal,
    });
  } catch (error) {
    if (locked === undefined || !isKind(error, downloadErrors.DOWNLOAD_DIGEST_WRONG)) throw error;
    const { found, aside } = error.details;
    await removeTree(String(aside));
    throw replaced(target, locked, String(found));
  } finally {
    report.emit({ kind: "finished", id });
  }
}

function archiveName({ id, version, downloadUrl }: RegistryTarget): string {
  const readable = `${id}-${version}`.toLowerCase().replace(/[^a-z0-9._-]+/g, "_").slice(0, 80);
  return `node-${readable}-${hashListing(downloadUrl).slice(0, 12)}`;
}

function noAddress({ id, version }: RegistryTarget): ComfydockError {
  return new ComfydockError(
    storeErrors.NODE_DOWNLOAD_MISSING,
    `Cannot fetch the node pack ${id} ${version}: the registry names no archive of it`,
    {
      hint: `Take another version, or run comfydock node add --git ${id}`,
      details: { id, version },
    },
  );
}

function replaced(target: RegistryTarget, locked: string, found: string): ComfydockError {
  const { id, version } = target;
  return new ComfydockError(
    storeErrors.NODE_ARCHIVE_REPLACED,
    `Cannot install the node pack ${id} ${version}: its archive was replaced on the server; ` +
      `locked is sha256 ${locked}, the server gives ${found}`,
    {
      hint:
        `Ask its author why; to take the new archive, run comfydock node remove ${id} and comfydock node add ${id}@${version}`,
      details: { id, version, locked, found, url: target.downloadUrl },
    },
  );
}
