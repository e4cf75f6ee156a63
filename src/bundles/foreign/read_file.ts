import { basename, dirname } from "node:path";
import { fileError, parseJsonBytes, parseYaml, readBytesBounded } from "../../base/mod.ts";
import { isManagerSnapshot } from "../../environment/takeover/mod.ts";
import { readForeignArchive } from "./read_archive.ts";
import { readForeignDirectory } from "./read_directory.ts";
import { describeSnapshot } from "./manager_snapshot.ts";
import type { ForeignDescription } from "./types.ts";

const LARGEST_TEXT = 64 * 1024 ** 2;
const ENDINGS = /\.(?:cpack\.zip|json|ya?ml|toml|zip|tar\.gz|tgz)$/i;

/**
 * Reads a file that another tool wrote: a snapshot, a packed environment, or a manifest.
 *
 * @param named What messages call it.
 * @returns Nothing where it is none that is known.
 * @throws `DATA_INVALID`, `MANIFEST_INVALID`, and what archives throw
 */
export async function readForeignFile(
  path: string,
  named: string,
  signal?: AbortSignal,
): Promise<ForeignDescription | undefined> {
  const name = nameOf(named);
  if (basename(path) === "pyproject.toml") {
    return await readForeignDirectory(dirname(path), named, signal);
  }
  const head = await readHead(path);
  if (head.startsWith("PK") || head.startsWith("\u001f\u008b")) {
    return await readForeignArchive(path, name, named, signal);
  }
  const isJson = /^\ufeff?\s*\{/.test(head);
  if (!isJson && !/\.ya?ml$/i.test(named)) return undefined;
  const bytes = await readBytesBounded(path, LARGEST_TEXT);
  const value = isJson
    ? parseJsonBytes(bytes, named)
    : await parseYaml(new TextDecoder().decode(bytes), named);
  return isManagerSnapshot(value) ? describeSnapshot(value, name, named) : undefined;
}

/** The name of an environment, after its file. */
function nameOf(named: string): string {
  const plain = basename(named.replaceAll("\\", "/").replace(/[?#].*$/s, "")).replace(ENDINGS, "");
  const name = plain.replace(/[^\w.-]+/g, "-").replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
  return name === "" ? "imported" : name;
}

async function readHead(path: string): Promise<string> {
  try {
    using file = await Deno.open(path);
    const bytes = new Uint8Array(64);
    const count = await file.read(bytes) ?? 0;
    return String.fromCharCode(...bytes.subarray(0, count));
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
}
