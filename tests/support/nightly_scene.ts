import assert from "node:assert/strict";
import { join } from "node:path";
import { createHttpClient } from "../../src/http/mod.ts";
import { command, createRunner } from "../../src/tools/mod.ts";
import { GitHub } from "../../tasks/nightly/github.ts";
import { type NightlyOutcome, runNightly } from "../../tasks/nightly/run.ts";
import { type NightlySettings, readSettings } from "../../tasks/nightly/settings.ts";
import { withTempDir } from "./alone.ts";
import { type GitHubStandIn, startGitHub } from "./github_api.ts";
import { makeCorpus, startRegistry, type TestRegistry } from "./registry/mod.ts";
import { FIRST_DAY, quickClock, sampleManager } from "./registry_runs.ts";
import { runInProcess } from "./run_in_process.ts";

const DAY = 86_400_000;
const TOKEN = "ghp_nightlytoken0123456789";

/** A night: how it differs from the usual, and what it came to. */
export interface NightlyScene {
  readonly registry: TestRegistry;
  readonly github: GitHubStandIn;
  readonly directory: string;
  /** Summaries of all nights. */
  readonly summaries: string[];
  /** Runs a night on a machine of its own. */
  night(day: number, env?: Readonly<Record<string, string>>): Promise<NightlyOutcome>;
  /** Runs git and gives its output. */
  git(...args: string[]): Promise<string>;
}

/** Runs work with a registry, bare repositories `main.git` and `data.git`, and a stand-in for GitHub. */
export async function withNights(
  layout: NightlySettings["layout"],
  work: (scene: NightlyScene) => Promise<void>,
): Promise<void> {
  const corpus = await makeCorpus({ packages: 40, source: "synthetic" });
  await using registry = startRegistry({ corpus });
  await using github = startGitHub("someone/dock", TOKEN);
  await withTempDir(async (directory) => {
    const runner = createRunner({ env: Deno.env.toObject() });
    const git = async (...args: string[]) =>
      (await runner.run(command({ program: "git", args, cwd: directory }))).stdout;
    await git("init", "--quiet", "--bare", "main.git");
    await git("init", "--quiet", "--bare", "data.git");
    const summaries: string[] = [];
    let nights = 0;
    await work({
      registry,
      github,
      directory,
      summaries,
      git,
      async night(day, env = {}) {
        const variables: Record<string, string> = {
          NIGHTLY_LAYOUT: layout,
          NIGHTLY_DIRECTORY: join(directory, `machine-${nights++}`),
          GITHUB_REPOSITORY: "someone/dock",
          GITHUB_RUN_NUMBER: String(nights),
          GITHUB_API_URL: github.url,
          GITHUB_TOKEN: TOKEN,
          DATA_TOKEN: "ghp_datatoken0123456789",
          PUBLISH_REMOTE: join(directory, "main.git"),
          DATA_REPOSITORY: join(directory, "data.git"),
          ...env,
        };
        const settings = readSettings((name) => variables[name]);
        const now = FIRST_DAY + day * DAY;
        return await runNightly(settings, {
          now,
          runner,
          github: new GitHub(
            createHttpClient({ clock: quickClock(), env: () => undefined }),
            settings,
          ),
          comfydock: (argv) =>
            runInProcess([
              ...argv,
              ...["--registry-url", registry.url, "--rate", "100000"],
              ...["--manager-url", sampleManager],
            ], { clock: quickClock() }),
          summary: (text) => Promise.resolve(void summaries.push(text)),
        });
      },
    });
    assert(!summaries.some((text) => text.includes(TOKEN)));
  });
}
