import { join } from "node:path";
import {
  parseJsonText,
  readList,
  readText,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";
import { lookAt, type WorkspaceLayout } from "../../workspace/mod.ts";
import { readBuiltinClasses } from "./read.ts";

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
  if (commit === undefined) return await readBuiltinClasses(directory);
  const path = join(workspace.comfyuiClasses, `${commit}-${SCAN_VERSION}.json`);
  if (await lookAt(path)) {
    const kept = await readKept(path);
    if (kept) return kept;
  }
  const names = await readBuiltinClasses(directory);
  await Deno.mkdir(workspace.comfyuiClasses, { recursive: true });
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
