import assert from "node:assert/strict";
import { delimiter, dirname, join } from "node:path";
import { silentReporter, systemClock } from "../../src/base/mod.ts";
import { environmentStep } from "../../src/demo/environment_step.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import { withTempDir } from "../support/alone.ts";
import { uvProgram } from "../support/uv_program.ts";

/** Runs the step with other variables than this process has. */
async function demo(
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
  offline = false,
) {
  return await environmentStep({
    directory,
    http: (ownServers) => Promise.resolve(createHttpClient({ rate: 1_000, offline, ownServers })),
    report: silentReporter,
    clock: systemClock,
    signal: new AbortController().signal,
    env: { ...Deno.env.toObject(), ...env },
    offline,
  });
}

Deno.test("the demo creates an environment, runs it, asks it and stops it, also once more offline in its directory", async () => {
  await withTempDir(async (directory) => {
    const env = { PATH: `${dirname(await uvProgram())}${delimiter}${Deno.env.get("PATH")}` };
    const first = await demo(directory, env);
    assert.equal(first.status, "done", JSON.stringify(first));
    const text = first.lines.join("\n");
    assert.match(
      text,
      /Created the environment demo: ComfyUI v0\.2\.0, Python 3\.\d+, \d+ packages/,
    );
    assert.match(text, /\/system_stats says ComfyUI 0\.2\.0, \/object_info knows \d+ nodes/);
    assert.match(text, /Stopped it; its exit code was \d+/);
    const again = await demo(directory, env, true);
    assert.match(
      again.lines.join("\n"),
      /^The environment demo is there already\nStarted it/,
    );
  });
});

Deno.test("what tools or a network are missing for is skipped with what would help", async () => {
  const uv = await uvProgram();
  await withTempDir(async (directory) => {
    const alone = join(directory, "bin");
    await Deno.mkdir(alone);
    await Deno.copyFile(uv, join(alone, uv.endsWith(".exe") ? "uv.exe" : "uv"));
    const cases = [
      { name: "uv", env: { PATH: directory }, hint: /uv/ },
      { name: "git", env: { PATH: alone }, hint: /Install git/ },
      {
        name: "Python",
        env: {
          PATH: `${alone}${delimiter}${Deno.env.get("PATH")}`,
          UV_PYTHON_PREFERENCE: "only-managed",
          UV_PYTHON_INSTALL_DIR: join(directory, "pythons"),
        },
        hint: /uv python install/,
      },
      {
        name: "network",
        env: {
          PATH: `${dirname(uv)}${delimiter}${Deno.env.get("PATH")}`,
          UV_CACHE_DIR: join(directory, "cache"),
          UV_HTTP_RETRIES: "0",
          UV_DEFAULT_INDEX: "http://127.0.0.1:1/simple",
        },
        hint: /network/,
      },
    ];
    for (const { name, env, hint } of cases) {
      const step = await demo(join(directory, name), env);
      assert.equal(step.status, "skipped", name);
      assert.match(step.hint ?? "", hint, name);
    }
  });
});
