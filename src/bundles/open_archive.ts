import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { readArchive } from "../archive/mod.ts";
import { fileError, throwIfAborted } from "../base/mod.ts";
import { invalidBundle } from "./faults.ts";
import { bundleLimits, checkArchive } from "./read_archive.ts";
import type { BundleFile, BundleSource } from "./types.ts";

/**
 * Opens a bundle file, after all of it was checked.
 *
 * @param path The archive.
 * @throws what {@linkcode checkArchive} throws
 */
export async function openArchive(path: string, signal?: AbortSignal): Promise<BundleSource> {
  const { index, content } = await checkArchive(path, signal);
  const below = (place: RegExp) => index.files.filter((file) => place.test(file.path));
  return {
    content,
    named: path,
    async unpackNodes(directory) {
      await unpackFiles(path, directory, below(/^nodes\//), signal);
      return new Map([...content.nodes].map(([id, name]) => [id, join(directory, "nodes", name)]));
    },
    async unpackPackages(directory) {
      await unpackFiles(path, directory, below(/^(?:wheels|comfyui)\//), signal);
      return {
        wheels: content.wheels?.files.size ? join(directory, "wheels") : undefined,
        comfyui: content.comfyui && join(directory, ...content.comfyui.path.split("/")),
      };
    },
    async readModels(take) {
      const keys = new Map([...content.models].map(([key, file]) => [file.path, key]));
      if (keys.size === 0) return;
      for await (const { entry, pipeTo } of readArchive(path, { limits: bundleLimits, signal })) {
        const key = keys.get(entry.path);
        if (key === undefined) continue;
        const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
        await Promise.all([pipeTo(writable), take(key, readable)]);
        keys.delete(entry.path);
        if (keys.size === 0) return;
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Unpacks files and compares their digests once more, because the bundle may have changed since it was checked. */
async function unpackFiles(
  path: string,
  directory: string,
  wanted: readonly BundleFile[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const missing = new Map(wanted.map((file) => [file.path, file]));
  if (missing.size === 0) return;
  for await (const { entry, pipeTo } of readArchive(path, { limits: bundleLimits, signal })) {
    throwIfAborted(signal);
    const file = missing.get(entry.path);
    if (!file || entry.kind !== "file") continue;
    const target = join(directory, ...entry.path.split("/"));
    if (await unpackFile(target, file, pipeTo) !== file.sha256) break;
    missing.delete(entry.path);
    if (missing.size === 0) return;
  }
  throw invalidBundle(path, "it changed while it was imported");
}

async function unpackFile(
  target: string,
  { executable }: BundleFile,
  pipeTo: (sink: WritableStream<Uint8Array>) => Promise<void>,
): Promise<string> {
  const hash = createHash("sha256");
  try {
    await Deno.mkdir(dirname(target), { recursive: true });
    const mode = executable ? 0o755 : 0o644;
    using file = await Deno.open(target, { write: true, createNew: true, mode });
    await pipeTo(
      new WritableStream({
        async write(chunk) {
          hash.update(chunk);
          for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
        },
      }),
    );
    return hash.digest("hex");
  } catch (error) {
    throw fileError("Cannot write", target, error);
  }
}
