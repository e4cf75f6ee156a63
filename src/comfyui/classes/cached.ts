import { join } from "node:path";
import {
  parseJsonText,
  readList,
  readText,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";
import { lookAt, type WorkspaceLayout } from "../../workspace/mod.ts";
import { readBuiltinClasses, readClassNames } from "./read.ts";

/** Raised when a scan finds other classes than an earlier version of it. */
const SCAN_VERSION = 1;
const MAX_BYTES = 4 * 1024 ** 2;

/**
 * Finds the classes that a working copy of ComfyUI brings with it; what was found at a commit is kept.
 *
 * @param directory The root of the working copy.
 * @param commit Its full SHA; without one, as for a working copy with local changes, nothing is kept.
 */
export async function builtinClasses(
  workspace: WorkspaceLayout,
  directory: string,
  commit?: string,
): Promise<ReadonlySet<string>> {
  return await keep(workspace, commit, () => readBuiltinClasses(directory));
}

/**
 * Finds the classes that the sources of a node pack declare; what was found in a tree is kept.
 *
 * @param path A directory, or a single Python file.
 * @param tree The digest of the tree; without one nothing is kept.
 */
export async function packClasses(
  workspace: WorkspaceLayout,
  path: string,
  tree?: string,
): Promise<ReadonlySet<string>> {
  return await keep(workspace, tree, () => readClassNames(path));
}

async function keep(
  { comfyuiClasses }: WorkspaceLayout,
  key: string | undefined,
  find: () => Promise<ReadonlySet<string>>,
): Promise<ReadonlySet<string>> {
  if (key === undefined || !/^[0-9a-f]{40,64}$/.test(key)) return await find();
  const path = join(comfyuiClasses, `${key}-${SCAN_VERSION}.json`);
  if (await lookAt(path)) {
    const kept = await readKept(path);
    if (kept) return kept;
  }
  const names = await find();
  await Deno.mkdir(comfyuiClasses, { recursive: true });
  await writeFileAtomic(path, `${JSON.stringify([...names].sort())}\n`);
  return names;
}

async function readKept(path: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const names = readList(parseJsonText(await readTextBounded(path, MAX_BYTES), "$"), "$");
    return new Set(names.map((name, index) => readText(name, `$[${index}]`)));
  } catch {
    // A damaged copy is made anew.
    return undefined;
  }
}
