import { join } from "node:path";
import { projectRoot } from "../../tasks/run_deno.ts";

/** Reads a file of the project as text with plain line ends. */
export async function readProjectText(path: string): Promise<string> {
  return (await Deno.readTextFile(join(projectRoot, path))).replaceAll("\r\n", "\n");
}

/** Whether the project has this file or directory. */
export async function projectHas(path: string): Promise<boolean> {
  try {
    await Deno.stat(join(projectRoot, path));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The names of the directories directly below one of the project. */
export async function directoriesIn(path: string): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(join(projectRoot, path)));
  return entries.filter((entry) => entry.isDirectory).map(({ name }) => name).sort();
}
