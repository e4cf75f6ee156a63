import { join } from "node:path";
import { fileError } from "../base/mod.ts";
import type { ManagerFile } from "./snapshot/write.ts";
import { MANAGER_FILES } from "./update_plan.ts";

/** Reads those of Manager's files that a directory holds, as a snapshot keeps them. */
export async function managerFilesIn(directory: string): Promise<ManagerFile[]> {
  const found: ManagerFile[] = [];
  for (const name of MANAGER_FILES) {
    const path = join(directory, name);
    try {
      found.push({ name, content: await Deno.readFile(path) });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw fileError("Cannot read", path, error);
    }
  }
  return found;
}
