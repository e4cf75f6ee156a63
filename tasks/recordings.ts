/**
 * Records what comfydock prints in real runs, as pictures in `docs/images`.
 *
 * @example
 * ```sh
 * deno task recordings
 * ```
 *
 * @module
 */
import { join } from "node:path";
import { writeFileAtomic } from "../src/base/mod.ts";
import { record } from "./recordings/record.ts";
import { stories } from "./recordings/stories.ts";
import { projectRoot } from "./run_deno.ts";
import { say } from "./terminal.ts";

for (const story of stories) {
  const path = `docs/images/${story.name}.svg`;
  await writeFileAtomic(join(projectRoot, path), await record(story));
  say(path);
}
