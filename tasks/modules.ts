import { join } from "node:path";
import { projectRoot } from "./run_deno.ts";

/** Files below a directory of the project, as sorted paths with forward slashes. */
export async function filesBelow(directory: string, ending = ""): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(projectRoot, directory))) {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory) found.push(...await filesBelow(path, ending));
    else if (entry.isFile && path.endsWith(ending)) found.push(path);
  }
  return found.sort();
}

/** The modules that are shipped: the two entries and all of `src/`. */
export async function shippedModules(): Promise<readonly string[]> {
  return ["main.ts", "mod.ts", ...await filesBelow("src", ".ts")];
}

/** The doors of the library and its rooms. */
export async function doors(): Promise<readonly string[]> {
  return ["mod.ts", ...(await filesBelow("src", "/mod.ts"))];
}

/** A `file:` URL below the project as a path with forward slashes; `undefined` for anything else. */
export function projectPath(url: string): string | undefined {
  const root = new URL("../", import.meta.url).href;
  return url.startsWith(root) ? decodeURI(url.slice(root.length)) : undefined;
}
