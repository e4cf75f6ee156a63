import { createHash } from "node:crypto";
import { type ArchiveFile, writeArchive } from "../archive/tarball/mod.ts";
import { ComfydockError, fileError, readPieces } from "../base/mod.ts";
import type { EnvironmentWorld } from "../environment/world/mod.ts";
import { removeDeadDrafts } from "./drafts.ts";
import { bundleErrors } from "./errors.ts";
import type { PlannedFile } from "./export_types.ts";
import { incomplete } from "./faults.ts";
import { INDEX_NAME, renderIndex } from "./render_index.ts";
import type { BundleFile, BundleIndex } from "./types.ts";

/** A bundle that will be written. */
export interface NewBundle extends Pick<BundleIndex, "kind" | "name"> {
  /** Absolute path; its ending says how it is packed. */
  readonly file: string;
  /** In the order of the archive. */
  readonly files: readonly PlannedFile[];
}

/**
 * Writes a bundle: each file passes through once and by the piece, its digest is told at the end.
 *
 * @returns Bytes of the bundle.
 * @throws `BUNDLE_INCOMPLETE` for a file that is not as it should be, `ARCHIVE_UNSAFE`, `FILE_UNREADABLE`,
 * `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function writeBundle(world: EnvironmentWorld, bundle: NewBundle): Promise<number> {
  const { report, signal } = world;
  await removeDeadDrafts(world, bundle.file);
  const total = bundle.files.reduce((sum, { size }) => sum + size, 0);
  report.emit({ kind: "started", id: "export", label: "Packing", total, unit: "bytes" });
  try {
    const stored = bundle.files.some(({ path }) => /^(?:models|wheels|comfyui)\//.test(path));
    return await writeArchive(bundle.file, contents(world, bundle), {
      signal,
      stored,
      // What a power cut leaves of it is told by its digests, and waiting for the disk would double the time.
      flush: false,
    });
  } finally {
    report.emit({ kind: "finished", id: "export" });
  }
}

/**
 * Refuses a name that is none of a bundle.
 *
 * @throws `BUNDLE_SOURCE_INVALID`
 */
export function refuseEnding(file: string): void {
  if (/\.tar(?:\.zst|\.gz)?$/i.test(file)) return;
  throw new ComfydockError(
    bundleErrors.BUNDLE_SOURCE_INVALID,
    `Cannot export to "${file}": its ending is none of a bundle`,
    { hint: "Name a file that ends in .tar.zst or .tar.gz", details: { file } },
  );
}

async function* contents(
  world: EnvironmentWorld,
  { kind, name, files }: NewBundle,
): AsyncGenerator<ArchiveFile> {
  const listed: BundleFile[] = [];
  for (const file of files) {
    const hash = createHash("sha256");
    yield { ...file, content: () => pieces(world, file, hash) };
    const sha256 = hash.digest("hex");
    const { path, size, executable } = file;
    if (file.sha256 !== undefined && file.sha256 !== sha256) {
      throw incomplete(`"${path}" is not as the manifest says`, file.mend ?? "comfydock repair");
    }
    listed.push({ path, size, sha256, executable });
    world.checkpoints.reach("export:packed");
  }
  const index = new TextEncoder().encode(renderIndex({ kind, name, files: listed }));
  yield { path: INDEX_NAME, size: index.length, content: () => [index] };
}

async function* pieces(
  { report }: EnvironmentWorld,
  { from }: PlannedFile,
  hash: { update(bytes: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  const advance = (bytes: Uint8Array) => {
    hash.update(bytes);
    report.emit({ kind: "advanced", id: "export", by: bytes.length });
    return bytes;
  };
  if (typeof from !== "string") return yield advance(from);
  try {
    using file = await Deno.open(from);
    for await (const piece of readPieces(file, { ahead: true })) yield advance(piece);
  } catch (error) {
    throw fileError("Cannot read", from, error);
  }
}
