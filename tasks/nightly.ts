/**
 * Runs the nightly update of the registry data, as `.github/workflows/update-registry.yml` does each night.
 *
 * What is to be done stands in environment variables: those of GitHub's jobs, and
 *
 * - `NIGHTLY_DIRECTORY`: where the run keeps its files;
 * - `DATA_REPOSITORY`, `DATA_TOKEN`: the data repository and its own token; without it, releases hold the cache;
 * - `NIGHTLY_LAYOUT`: `repository` or `releases`, where the above does not say it;
 * - `FORCE_FULL`, `ALLOW_SHRINK` (`true`), `REQUEST_BUDGET` (a number), `UPDATE_OPTIONS`: for `registry update`;
 * - `PUBLISH_REMOTE`: the repository whose branch holds the mappings, default the job's own.
 *
 * A cache that turned out corrupted is rolled back by itself: snapshots are verified, and damaged ones passed over.
 *
 * @example
 * ```sh
 * NIGHTLY_DIRECTORY=/tmp/nightly GITHUB_REPOSITORY=someone/comfydock GITHUB_RUN_NUMBER=1 deno task nightly
 * ```
 *
 * @module
 */
import { join } from "node:path";
import { createHttpClient } from "../src/http/mod.ts";
import { command, createRunner } from "../src/tools/mod.ts";
import { GitHub } from "./nightly/github.ts";
import { runNightly } from "./nightly/run.ts";
import { readSettings } from "./nightly/settings.ts";
import { projectRoot } from "./run_deno.ts";
import { say } from "./terminal.ts";

const ANSWER_BYTES = 64 << 20;
const EVERY_CODE = Array.from({ length: 256 }, (_, code) => code);

const settings = readSettings((name) => Deno.env.get(name));
const runner = createRunner({ env: Deno.env.toObject() });
const { ok, notes } = await runNightly(settings, {
  now: Date.now(),
  runner,
  github: new GitHub(createHttpClient(), settings),
  comfydock: (argv) =>
    runner.run(
      command({
        program: Deno.execPath(),
        args: ["run", "-A", join(projectRoot, "main.ts"), ...argv],
        // Neither token is any business of the update.
        env: { GITHUB_TOKEN: undefined, DATA_TOKEN: undefined },
      }),
      {
        accept: EVERY_CODE,
        maxOutput: ANSWER_BYTES,
        onLine: ({ from, text }) => from === "stderr" && say(text),
      },
    ),
  summary: async (text) => {
    const path = Deno.env.get("GITHUB_STEP_SUMMARY");
    if (path) await Deno.writeTextFile(path, text, { append: true });
  },
});
for (const note of notes) say(note);
Deno.exit(ok ? 0 : 1);
