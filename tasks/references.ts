/**
 * Writes `docs/commands.md` and `docs/errors.md` from the definitions of commands and errors.
 *
 * @example
 * ```sh
 * deno task references
 * ```
 *
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../src/base/mod.ts";
import { referencePages } from "./references/mod.ts";
import { projectRoot } from "./run_deno.ts";
import { say } from "./terminal.ts";

for (const [path, text] of Object.entries(await referencePages())) {
  await writeFileAtomic(join(projectRoot, path), text);
  say(path);
}
