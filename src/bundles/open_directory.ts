import { join } from "node:path";
import { readBytesBounded } from "../base/mod.ts";
import { listTree, refuseEscapingLinks } from "../nodes/mod.ts";
import { entriesIn } from "../workspace/disk/mod.ts";
import { copyTree, lookAt } from "../workspace/mod.ts";
import { invalidBundle } from "./faults.ts";
import { isKeptByTools, isText, LARGEST_TEXT, LARGEST_TEXTS, packedDirectory } from "./places.ts";
import { readContent } from "./read_content.ts";
import type { BundleFile, BundleSource } from "./types.ts";

const ENVIRONMENT_DIRECTORY = ".cec";

/**
 * Opens a directory that holds an environment: `.cec` itself, what it lies in, or a bundle that was unpacked.
 *
 * @param directory Absolute.
 * @param named What messages call it.
 * @throws `BUNDLE_INVALID`, `MANIFEST_INVALID`, `FILE_UNREADABLE`
 */
export async function openDirectory(
  directory: string,
  named: string,
  signal?: AbortSignal,
): Promise<BundleSource> {
  const inner = join(directory, ENVIRONMENT_DIRECTORY);
  const isAround = await isDirectory(inner) && await lookAt(join(inner, "pyproject.toml"));
  const root = isAround ? inner : directory;
  const texts = await readTexts(root, named, signal);
  const plain = readContent(texts, [], named);
  const nodes = new Map<string, string>();
  const packed = join(root, "nodes");
  // Links, which a repository may hold, lead to what is none of its business.
  const names = await isDirectory(packed) ? await entriesIn(packed) : [];
  for (const node of Object.values(plain.manifest.nodes)) {
    const name = packedDirectory(node);
    if (names.some((entry) => entry.name === name && entry.isDirectory)) nodes.set(node.id, name);
  }
  return {
    content: { ...plain, nodes, models: new Map<string, BundleFile>() },
    named,
    async unpackNodes(target) {
      const unpacked = new Map<string, string>();
      for (const [id, name] of nodes) {
        await Deno.mkdir(target, { recursive: true });
        const place = join(target, name);
        refuseEscapingLinks(await listTree(join(packed, name), { signal }));
        const include = (path: string) => !isKeptByTools(path);
        await copyTree(join(packed, name), place, { signal, include });
        unpacked.set(id, place);
      }
      return unpacked;
    },
    readModels: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function isDirectory(path: string): Promise<boolean> {
  return (await lookAt(path))?.isDirectory ?? false;
}

async function readTexts(
  root: string,
  named: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const texts = new Map<string, Uint8Array>();
  let room = LARGEST_TEXTS;
  const read = async (path: string, place: string) => {
    const info = await lookAt(place);
    if (!info) return;
    if (!info.isFile) throw invalidBundle(named, `"${path}" is no plain file`, path);
    if ((room -= info.size) < 0) throw invalidBundle(named, `"${path}" is too large`, path);
    texts.set(path, await readBytesBounded(place, LARGEST_TEXT));
  };
  for (const name of ["pyproject.toml", "uv.lock", ".python-version", ".comfydockignore"]) {
    await read(name, join(root, name));
  }
  const workflows = join(root, "workflows");
  if (!await isDirectory(workflows)) return texts;
  for (const { path, place } of await listTree(workflows, { signal })) {
    if (isText(`workflows/${path}`)) await read(`workflows/${path}`, place);
  }
  return texts;
}
