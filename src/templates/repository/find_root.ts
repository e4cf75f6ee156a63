import { dirname, join, resolve } from "node:path";
import { ComfydockError, exists } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import { CONFIG_FILE } from "./config.ts";

const MARKS = [CONFIG_FILE, "bundles.json", join("templates", "index.json")];

/**
 * Finds the root of the repository of templates that a directory lies in.
 *
 * @param start Where to begin; the directories above it follow.
 * @returns An absolute path.
 * @throws `E_NO_REPOSITORY`
 */
export async function findRepositoryRoot(start: string): Promise<string> {
  for (let directory = resolve(start);; directory = dirname(directory)) {
    for (const mark of MARKS) {
      if (await exists(join(directory, mark))) return directory;
    }
    if (dirname(directory) === directory) break;
  }
  throw new ComfydockError(
    templateErrors.E_NO_REPOSITORY,
    `Cannot find a repository of workflow templates in "${resolve(start)}" or above it`,
    { hint: "Name one with --root DIR; it has bundles.json or templates.config.json" },
  );
}
