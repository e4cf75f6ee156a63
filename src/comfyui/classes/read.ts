import { join } from "node:path";
import { readTextBounded } from "../../base/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import { classNamesIn } from "./scan.ts";

const MAX_SOURCE_BYTES = 8 * 1024 ** 2;
const MAX_FILES = 5_000;
const MAX_DEPTH = 8;
const SKIPPED = /^(\.|__pycache__$|node_modules$|tests?$|venv$)/;

/** What ComfyUI itself declares classes in. */
const COMFYUI_SOURCES: readonly string[] = [
  "nodes.py",
  "comfy_extras",
  "comfy_api_nodes",
  join("custom_nodes", "websocket_image_save.py"),
];

/**
 * Finds the classes that a working copy of ComfyUI brings with it, without running it.
 *
 * @param directory The root of the working copy.
 */
export async function readBuiltinClasses(directory: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const source of COMFYUI_SOURCES) {
    for (const name of await readClassNames(join(directory, source))) names.add(name);
  }
  return names;
}

/** Finds the classes that a Python file, or all files of a node pack, declare; unreadable files are passed over. */
export async function readClassNames(path: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  let files = 0;
  for await (const file of pythonFiles(path, 0)) {
    if (++files > MAX_FILES) break;
    const source = await readTextBounded(file, MAX_SOURCE_BYTES).catch(() => "");
    for (const name of classNamesIn(source)) names.add(name);
  }
  return names;
}

async function* pythonFiles(path: string, depth: number): AsyncGenerator<string> {
  const found = await lookAt(path);
  if (found?.isFile) yield path;
  if (!found?.isDirectory || depth === MAX_DEPTH) return;
  for await (const entry of Deno.readDir(path)) {
    const inner = join(path, entry.name);
    if (entry.isFile && entry.name.endsWith(".py")) yield inner;
    else if (entry.isDirectory && !SKIPPED.test(entry.name)) yield* pythonFiles(inner, depth + 1);
  }
}
