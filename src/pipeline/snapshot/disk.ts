import { fileError } from "../../base/mod.ts";

/** Names in a directory, sorted; none when the directory is absent. */
export async function namesIn(path: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(path)) names.push(entry.name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) && !(error instanceof Deno.errors.NotADirectory)) {
      throw fileError("Cannot read", path, error);
    }
  }
  return names.sort();
}
