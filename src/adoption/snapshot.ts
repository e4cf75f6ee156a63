import { join } from "node:path";
import { ComfydockError, parseJsonText, parseYaml } from "../base/mod.ts";
import {
  isManagerSnapshot,
  type ManagerSnapshot,
  parseManagerSnapshot,
} from "../environment/takeover/mod.ts";
import { entriesIn } from "../workspace/disk/mod.ts";
import { textIfThere } from "./text_file.ts";

/** A snapshot that ComfyUI-Manager left beside an install. */
export interface FoundSnapshot {
  readonly path: string;
  readonly snapshot: ManagerSnapshot;
}

/** Where ComfyUI-Manager keeps snapshots, the newest of its versions first. */
const PLACES = [
  ["user", "__manager", "snapshots"],
  ["user", "default", "ComfyUI-Manager", "snapshots"],
  ["custom_nodes", "ComfyUI-Manager", "snapshots"],
  ["custom_nodes", "comfyui-manager", "snapshots"],
];
const LARGEST_SNAPSHOT = 16 * 1024 ** 2;
const MOST_TRIED = 20;

/**
 * Finds the newest snapshot that ComfyUI-Manager left and that can be read.
 *
 * @param base What holds `custom_nodes` and `user`.
 */
export async function findSnapshot(base: string): Promise<FoundSnapshot | undefined> {
  for (const parts of PLACES) {
    const directory = join(base, ...parts);
    // Their names begin with the date.
    const names = (await entriesIn(directory)).map(({ name }) => name)
      .filter((name) => /\.(?:json|ya?ml)$/i.test(name)).reverse().slice(0, MOST_TRIED);
    for (const name of names) {
      const path = join(directory, name);
      const snapshot = await readSnapshot(path);
      if (snapshot) return { path, snapshot };
    }
  }
  return undefined;
}

async function readSnapshot(path: string): Promise<ManagerSnapshot | undefined> {
  const text = await textIfThere(path, LARGEST_SNAPSHOT);
  if (text === undefined) return undefined;
  try {
    const value = /\.json$/i.test(path) ? parseJsonText(text, path) : await parseYaml(text, path);
    return isManagerSnapshot(value) ? parseManagerSnapshot(value) : undefined;
  } catch (error) {
    // A snapshot only helps; an older one may be whole.
    if (error instanceof ComfydockError) return undefined;
    throw error;
  }
}
