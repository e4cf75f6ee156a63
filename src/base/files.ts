import { basename, dirname, join } from "node:path";
import { baseErrors, ComfydockError, type ErrorKind } from "./errors.ts";
import { readPieces } from "./file_pieces.ts";
import { refuseNamedPipe } from "./pipes.ts";

/**
 * Turns an error of the file system into one that names the file and what was being done.
 *
 * @param doing What was being done, such as `Cannot write`.
 * @param path The file or directory at fault.
 * @param error What the runtime threw; an error of ours passes unchanged.
 */
export function fileError(doing: string, path: string, error: unknown): ComfydockError {
  if (error instanceof ComfydockError) return error;
  const { kind, why, hint } = classify(error, doing);
  return new ComfydockError(kind, `${doing} "${path}": ${why}`, {
    hint,
    details: { path },
    cause: error,
  });
}

function classify(error: unknown, doing: string): { kind: ErrorKind; why: string; hint?: string } {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof Deno.errors.NotFound) {
    return { kind: baseErrors.FILE_NOT_FOUND, why: "it does not exist", hint: "Check the path" };
  }
  if (/no space left|disk quota|database or disk is full|ENOSPC|os error 28\b/i.test(text)) {
    return {
      kind: baseErrors.DISK_FULL,
      why: "the disk is full",
      hint: "Free some room or name another directory, then run the same command again",
    };
  }
  const writing = /write|create|rename|remove|move/i.test(doing);
  const kind = writing ? baseErrors.FILE_UNWRITABLE : baseErrors.FILE_UNREADABLE;
  if (error instanceof Deno.errors.PermissionDenied || /permission denied|read-only/i.test(text)) {
    const hint = "Check its permissions, or name another path";
    return { kind, why: /read-only/i.test(text) ? "it is read-only" : "permission denied", hint };
  }
  if (error instanceof Deno.errors.NotADirectory) {
    return { kind, why: "a part of its path is a file", hint: "Name another path" };
  }
  if (error instanceof Deno.errors.IsADirectory) {
    return { kind, why: "it is a directory", hint: "Name a file" };
  }
  if (error instanceof Deno.errors.AlreadyExists) {
    return { kind, why: "it exists, or a part of its path is a file", hint: "Name another path" };
  }
  if (/disk I\/O error|file too large|input\/output error/i.test(text)) {
    return { kind, why: text, hint: "Check the disk and its limits, or name another directory" };
  }
  return { kind, why: text };
}

/**
 * Tells whether a path is there.
 *
 * @throws `FILE_UNREADABLE` when it cannot be known.
 */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    if (error instanceof Deno.errors.NotADirectory) return false;
    throw fileError("Cannot read", path, error);
  }
}

/**
 * Removes a file, which may be absent.
 *
 * @throws `FILE_UNWRITABLE`
 */
export async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileError("Cannot remove", path, error);
  }
}

/** The name of a temporary file beside `path`; being in the same directory it can be renamed onto it. */
export function temporaryBeside(path: string): string {
  return join(
    dirname(path),
    `.${basename(path)}.${Deno.pid}-${crypto.randomUUID().slice(0, 8)}.tmp`,
  );
}

/**
 * Writes a file so that readers see the old content or the new, never a part.
 *
 * @param path Target; its directory is made when it is missing.
 * @param content The whole content.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const sink = await openAtomic(path);
  try {
    sink.write(typeof content === "string" ? new TextEncoder().encode(content) : content);
    sink.commit();
  } catch (error) {
    sink.abandon();
    throw error;
  }
}

/** A file being written beside its target. */
export interface AtomicFile {
  /** Appends bytes. */
  write(bytes: Uint8Array): void;
  /** Appends bytes in another thread; nothing else may be asked for, and the bytes not be changed, until it is done. */
  writeAside(bytes: Uint8Array): Promise<void>;
  /** Flushes to disk, unless that is not wanted, and renames onto the target. */
  commit(how?: { readonly flush?: boolean }): void;
  /** Removes what was written; harmless after a commit. */
  abandon(): void;
}

/**
 * Opens a file beside `path` that becomes `path` on commit.
 *
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function openAtomic(path: string): Promise<AtomicFile> {
  const temporary = temporaryBeside(path);
  let file: Deno.FsFile;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    file = await Deno.open(temporary, { write: true, createNew: true });
  } catch (error) {
    throw fileError("Cannot write", path, error);
  }
  let open = true;
  return {
    write(bytes) {
      try {
        for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      } catch (error) {
        throw fileError("Cannot write", path, error);
      }
    },
    async writeAside(bytes) {
      try {
        for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      } catch (error) {
        throw fileError("Cannot write", path, error);
      }
    },
    commit({ flush = true } = {}) {
      try {
        if (flush) file.syncSync();
        file.close();
        open = false;
        Deno.renameSync(temporary, path);
      } catch (error) {
        throw fileError("Cannot write", path, error);
      }
    },
    abandon() {
      if (open) file.close();
      open = false;
      try {
        Deno.removeSync(temporary);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    },
  };
}

/**
 * Reads a text file of bounded size; a named pipe is refused.
 *
 * @param path The file.
 * @param maxBytes The largest size accepted, in bytes.
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readTextBounded(path: string, maxBytes: number): Promise<string> {
  return new TextDecoder().decode(await readBytesBounded(path, maxBytes));
}

/** Like {@linkcode readTextBounded}, for bytes. */
export async function readBytesBounded(
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const info = await Deno.stat(path);
    refuseNamedPipe(path, info);
    if (info.size > maxBytes) throw tooLarge(path, info.size, maxBytes);
    const hasSize = info.isFile || info.isDirectory;
    return hasSize ? await Deno.readFile(path) : await readToEnd(path, maxBytes);
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
}

/** Pipes and devices do not tell their size, and some never end. */
async function readToEnd(path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of readPieces(file, { ahead: true })) {
    size += piece.length;
    if (size > maxBytes) throw tooLarge(path, size, maxBytes);
    chunks.push(piece.slice());
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function tooLarge(path: string, size: number, maxBytes: number): ComfydockError {
  return new ComfydockError(
    baseErrors.FILE_TOO_LARGE,
    `Cannot read "${path}": ${size} bytes are more than the ${maxBytes} accepted`,
    { details: { path, size, maxBytes } },
  );
}
