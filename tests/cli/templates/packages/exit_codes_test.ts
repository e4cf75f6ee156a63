import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { runInProcess, testHost } from "../../../support/run_in_process.ts";
import { commands } from "../../../../src/cli/commands.ts";
import { runCli } from "../../../../src/cli/mod.ts";
import { templateRepository } from "../../../support/template_repository.ts";
import {
  addTemplate,
  packagesCommand,
  setVersion,
} from "../../../support/templates/package_commands.ts";
import { syncFixture } from "../../../support/templates/synced.ts";
import { tinyWebp } from "../../../support/templates/pictures.ts";

Deno.test("point 83: exit codes are those that are tabled", async () => {
  await using seed = await templateRepository("seed");
  await using today = await templateRepository("today");
  await using bare = await templateRepository("seed", { git: false });
  await addTemplate(seed, "api_b", "media-api");
  const readOnly = ["[[index]]", 'name = "read-only"', 'url = "http://127.0.0.1:1/simple/"', ""];
  await seed.write("uv.toml", readOnly.join("\n"));
  await today.write("templates/api_a-1.webp", tinyWebp("new"));
  type Case = readonly [wanted: number, code: string | undefined, { root: string }, string[]];
  const cases: readonly Case[] = [
    [0, undefined, seed, ["changed"]],
    [1, "CHECK_FAILED", seed, ["changed", "--exit-code"]],
    [1, "CHECK_FAILED", seed, ["check", "sync"]],
    [1, "E_COPIES", seed, ["build"]],
    [1, "E_METRICS", seed, ["metrics", "record", join(seed.root, "bundles.json")]],
    [2, "E_NO_REVISION", seed, ["changed", "--since", "v7"]],
    [2, "OPTION_UNKNOWN", seed, ["changed", "--no-such-option"]],
    [2, "OPTION_VALUE_INVALID", seed, ["check", "python", "--versions", "3.9,next"]],
    [2, "OPTION_VALUE_INVALID", seed, ["metrics", "compare", "--max-growth", "much"]],
    [2, "OPTION_VALUE_INVALID", seed, ["bump", "--pre", "soon"]],
    [2, "OPTION_VALUE_INVALID", seed, ["publish", "--pre", "1.0"]],
    [2, "E_CHANGELOG", seed, ["changelog", "--file", "../CHANGELOG.md"]],
    [2, "E_NO_REPOSITORY", { root: "/" }, ["changed"]],
    // Without an index of this name uv would upload to the public one.
    [2, "E_NO_CHANNEL", seed, ["publish", "--channel", "test"]],
    [2, "E_NO_CHANNEL", seed, ["publish", "--channel", "read-only", "--yes"]],
    [2, "E_NO_CHANNEL", seed, ["check", "remote", "--channel", "test"]],
    [2, "E_NO_CHECK_URL", seed, ["publish", "--publish-url", "http://127.0.0.1:1/"]],
    [3, "E_NO_GIT", bare, ["changed"]],
    [3, "E_NO_GIT", bare, ["check", "commits"]],
    [4, "E_NO_PACKAGE", seed, ["bump", "no_such_package"]],
    [4, "E_NO_PACKAGE", seed, ["build", "no_such_package"]],
    [4, "E_NO_JOURNAL", seed, ["rollback"]],
    [4, "E_NO_JOURNAL", seed, ["publish", "--resume"]],
    [5, "E_FROZEN", today, ["bump"]],
    [5, "E_META_VERSION", seed, ["release"]],
  ];
  for (const [wanted, error, fixture, words] of cases) {
    const { code, json, stderr } = await packagesCommand(fixture, [...words, "--json"]);
    deepEqual([code, json?.error?.code], [wanted, error], `${words.join(" ")}: ${stderr}`);
  }
});

Deno.test("a build that is interrupted ends with 130 and leaves nothing in dist", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await syncFixture(fixture);
  const python = join(fixture.root, "slow-python");
  await Deno.writeTextFile(python, "#!/bin/sh\ntouch started; exec sleep 60\n", { mode: 0o755 });
  const host = testHost({ env: { PATH: Deno.env.get("PATH") ?? "" } });
  const words = ["build", "core", "--builder", "command", "--python", python, "-C", fixture.root];
  const running = runCli(["templates", "packages", ...words], host, commands);
  while (!await Deno.stat(join(fixture.root, "started")).then(() => true, () => false)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  host.interrupt();
  equal(await running, 130);
  deepEqual([...Deno.readDirSync(join(fixture.root, "dist"))], []);
});

Deno.test("a release outside of git is refused, and says so", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await setVersion(fixture, ".", "0.6.0");
  const { code, stderr } = await runInProcess([
    "templates",
    "packages",
    "release",
    "-C",
    fixture.root,
  ], {
    env: { PATH: Deno.env.get("PATH") ?? "" },
  });
  equal(code, 3);
  equal(/is not under git/.test(stderr), true);
});
