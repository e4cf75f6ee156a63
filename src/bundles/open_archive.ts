import { join } from "node:path";
import { readArchive, unpackArchive } from "../archive/mod.ts";
import { bundleLimits, checkArchive } from "./read_archive.ts";
import type { BundleSource } from "./types.ts";

/**
 * Opens a bundle file, after all of it was checked.
 *
 * @param path The archive.
 * @throws what {@linkcode checkArchive} throws
 */
export async function openArchive(path: string, signal?: AbortSignal): Promise<BundleSource> {
  const { content } = await checkArchive(path, signal);
  const options = { limits: bundleLimits, signal };
  return {
    content,
    named: path,
    async unpackNodes(directory) {
      if (content.nodes.size === 0) return new Map();
      await unpackArchive(path, directory, {
        ...options,
        select: (entry) => entry.kind === "file" && entry.path.startsWith("nodes/"),
      });
      return new Map([...content.nodes].map(([id, name]) => [id, join(directory, "nodes", name)]));
    },
    async readModels(take) {
      const keys = new Map([...content.models].map(([key, file]) => [file.path, key]));
      if (keys.size === 0) return;
      for await (const { entry, pipeTo } of readArchive(path, options)) {
        const key = keys.get(entry.path);
        if (key === undefined) continue;
        const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
        await Promise.all([pipeTo(writable), take(key, readable)]);
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
