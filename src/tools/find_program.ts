import { join } from "node:path";
import type { Environment } from "./child_environment.ts";

/**
 * Finds the files that a name stands for on PATH, in its order.
 *
 * @param name Without extension, such as `uv`.
 * @param env Variables in which PATH, and on Windows PATHEXT, are looked up.
 * @param windows Whether the rules of Windows hold.
 */
export async function findOnPath(
  name: string,
  env: Environment,
  windows: boolean = Deno.build.os === "windows",
): Promise<readonly string[]> {
  const lookUp = (wanted: string) =>
    Object.entries(env).find(([key]) => windows ? key.toUpperCase() === wanted : key === wanted)
      ?.[1];
  const directories = (lookUp("PATH") ?? "").split(windows ? ";" : ":").filter((part) => part);
  const extensions = windows ? (lookUp("PATHEXT") ?? ".EXE;.CMD;.BAT").split(";") : [""];
  const candidates = directories.flatMap((directory) =>
    extensions.map((extension) => join(directory, `${name}${extension.toLowerCase()}`))
  );
  const found = await Promise.all(candidates.map(isProgram));
  return [...new Set(candidates.filter((_path, at) => found[at]))];
}

async function isProgram(path: string): Promise<boolean> {
  try {
    const { isFile, mode } = await Deno.stat(path);
    return isFile && (mode === null || (mode & 0o111) !== 0);
  } catch {
    // What cannot be looked at cannot be started either; PATH is full of such places.
    return false;
  }
}
