import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import {
  ComfydockError,
  fileError,
  openAtomic,
  temporaryBeside,
  throwIfAborted,
} from "../../base/mod.ts";
import { entriesIn, lookAt, removeTree } from "../../workspace/disk/mod.ts";
import type { PlannedFile } from "../export_types.ts";
import { containerErrors } from "./errors.ts";
import { type FileList, readFileList, renderList } from "./list_file.ts";
import { LIST_NAME } from "./plan.ts";

const PIECE = 1 << 20;

/** What a directory holds before a container is written there. */
export interface ContainerTarget {
  /** Absolute. */
  readonly directory: string;
  /** The files of an earlier container; absent where nothing is there. */
  readonly earlier?: FileList;
}

/**
 * Looks whether a container can be written to a directory.
 *
 * @param files What will be written.
 * @throws `CONTAINER_DIRECTORY_FOREIGN` for a directory that holds anything else, or files of an earlier container
 * that were changed since
 */
export async function checkTarget(
  directory: string,
  files: readonly PlannedFile[],
): Promise<ContainerTarget> {
  const info = await lookAt(directory);
  if (!info) return { directory };
  if (!info.isDirectory) throw foreign(directory, "it is no directory");
  const [first] = await entriesIn(directory);
  if (first === undefined) return { directory };
  const earlier = await readFileList(directory);
  if (earlier === undefined) throw foreign(directory, `it already holds "${first.name}"`);
  const planned = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  for (const path of new Set([...earlier.keys(), ...planned.keys()])) {
    const found = await digestOf(join(directory, ...path.split("/")));
    if (found === undefined || found === earlier.get(path) || found === planned.get(path)) continue;
    throw foreign(directory, `"${path}" was changed since it was written`);
  }
  return { directory, earlier };
}

/**
 * Writes a container: into a new directory at once, into that of an earlier container file by file.
 *
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function writeContainer(
  files: readonly PlannedFile[],
  { directory, earlier }: ContainerTarget,
  signal?: AbortSignal,
): Promise<void> {
  if (earlier === undefined) return await writeNew(files, directory, signal);
  const written = await writeFiles(files, directory, signal);
  for (const path of earlier.keys()) {
    if (!written.has(path)) await removeTree(join(directory, ...path.split("/")));
  }
}

async function writeNew(
  files: readonly PlannedFile[],
  directory: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const draft = temporaryBeside(directory);
  try {
    await writeFiles(files, draft, signal);
    // An empty directory may be in its place, which a rename replaces on some systems only.
    if (await lookAt(directory)) await Deno.remove(directory);
    await Deno.rename(draft, directory);
  } catch (error) {
    await removeTree(draft);
    throw fileError("Cannot write", directory, error);
  }
}

async function writeFiles(
  files: readonly PlannedFile[],
  directory: string,
  signal: AbortSignal | undefined,
): Promise<FileList> {
  const written = new Map<string, string>();
  for (const file of files) {
    throwIfAborted(signal);
    written.set(file.path, await writeOne(file, join(directory, ...file.path.split("/"))));
  }
  const list = new TextEncoder().encode(renderList(written));
  await writeOne(
    { path: LIST_NAME, size: list.length, executable: false, from: list },
    join(directory, LIST_NAME),
  );
  return written;
}

async function writeOne({ from, executable }: PlannedFile, target: string): Promise<string> {
  const hash = createHash("sha256");
  await Deno.mkdir(dirname(target), { recursive: true });
  const sink = await openAtomic(target);
  try {
    for await (const piece of piecesOf(from)) {
      hash.update(piece);
      sink.write(piece);
    }
    sink.commit();
  } catch (error) {
    sink.abandon();
    throw error;
  }
  if (executable && Deno.build.os !== "windows") await Deno.chmod(target, 0o755);
  return hash.digest("hex");
}

async function* piecesOf(from: Uint8Array | string): AsyncGenerator<Uint8Array> {
  if (typeof from !== "string") return yield from;
  try {
    using file = await Deno.open(from);
    const buffer = new Uint8Array(PIECE);
    for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
      yield buffer.subarray(0, read);
    }
  } catch (error) {
    throw fileError("Cannot read", from, error);
  }
}

async function digestOf(path: string): Promise<string | undefined> {
  const info = await lookAt(path);
  if (!info) return undefined;
  if (!info.isFile) return "";
  const hash = createHash("sha256");
  for await (const piece of piecesOf(path)) hash.update(piece);
  return hash.digest("hex");
}

function foreign(directory: string, why: string): ComfydockError {
  return new ComfydockError(
    containerErrors.CONTAINER_DIRECTORY_FOREIGN,
    `Cannot write a container to "${directory}": ${why}`,
    { hint: "Name a new or empty directory", details: { directory } },
  );
}
