import { exists } from "../base/mod.ts";
import { namesIn } from "./snapshot/disk.ts";
import { updateFiles } from "./update_plan.ts";
import type { UpdateState } from "./update_types.ts";

/** Looks at what a data directory holds. */
export async function readUpdateState(dataDir: string): Promise<UpdateState> {
  const files = updateFiles(dataDir);
  return {
    workingCache: await exists(files.workingCache),
    publishedCache: await publishedCache(files.publishedCache),
    mappings: await exists(files.mappings),
    managerFiles: await namesIn(files.manager),
  };
}

async function publishedCache(path: string): Promise<string | undefined> {
  for (const name of [path, `${path}.gz`, `${path}.zst`]) if (await exists(name)) return name;
}
