import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import type { UndoData } from "../../../src/cli/environment/undo.ts";
import { change, environmentLayout, readWorkspaceFile } from "../../../src/workspace/mod.ts";
import { runCli } from "../../support/run_cli.ts";
import { dataOf, withWorkspace, type WorkspaceFixture } from "./support/workspace.ts";

/** A change of an environment that an undo could take back by mistake. */
async function changeFirst({ layout }: WorkspaceFixture, scope = "one"): Promise<string> {
  const path = join(environmentLayout(layout, "one").root, "a.txt");
  const locks = ["workspace"];
  await change(
    { layout, scope, command: "py add", locks, lockTimeoutMs: 1000, handlers: {} },
    (transaction) => transaction.writeFile(path, "mine"),
  );
  return path;
}

Deno.test("undo takes back a setting and the choice of an environment, not the command before them", async () => {
  await withWorkspace(async (fixture) => {
    const { run, layout, makeEnvironments } = fixture;
    await makeEnvironments("one", "two");
    await run(["use", "one"]);
    await run(["config", "set", "rate", "2"]);
    const path = await changeFirst(fixture);
    const facts = async () => {
      const { activeEnvironment, settings } = await readWorkspaceFile(layout);
      return [activeEnvironment, settings.rate, settings.torch_backend, settings.default_python];
    };
    const before = ["one", 2, undefined, undefined];
    const both = ["config", "--torch-backend", "cpu", "--default-python", "3.12"];
    const cases = [
      ["config set", ["config", "set", "rate", "4"], ["one", 4, undefined, undefined]],
      ["config unset", ["config", "unset", "rate"], ["one", undefined, undefined, undefined]],
      ["config", both, ["one", 2, "cpu", "3.12"]],
      ["use", ["use", "two"], ["two", 2, undefined, undefined]],
    ] as const;
    for (const [words, argv, then] of cases) {
      equal((await run(argv)).code, 0, words);
      deepEqual(await facts(), then);
      const told = dataOf<UndoData>(await run(["undo", "--dry-run", "--json"]));
      const { command, scope, again } = dataOf<UndoData>(await run(["undo", "--json"]));
      deepEqual([told.command, command], [words, words]);
      deepEqual([scope, again], ["workspace", "comfydock undo"]);
      deepEqual(await facts(), before);
      await run(["undo"]);
      deepEqual(await facts(), then, "once more does it again");
      await run(["undo"]);
    }
    equal(await Deno.readTextFile(path), "mine");
    match((await run(["undo", "--env", "one"])).stdout, /^Took back comfydock py add in one/);
  });
});

Deno.test("an undo leaves what was set since, and what changes nothing is nothing to take back", async () => {
  await withWorkspace(async (fixture) => {
    const { run, layout, makeEnvironments } = fixture;
    await makeEnvironments("one");
    await run(["config", "set", "rate", "4"]);
    await Deno.writeTextFile(
      layout.workspaceFile,
      (await Deno.readTextFile(layout.workspaceFile)).replace('"rate": 4', '"rate": 5'),
    );
    await run(["config", "set", "rate", "5"]);
    match((await run(["undo"])).stdout, /^Took back comfydock config set in the workspace/);
    equal((await readWorkspaceFile(layout)).settings.rate, 5);
  });
});

Deno.test("undo takes nothing else back after people changed their own settings or tokens, unless it is named", async () => {
  for (
    const argv of [
      ["config", "set", "rate", "4", "--user"],
      ["config", "--huggingface-token-file", "token.txt"],
    ]
  ) {
    await withWorkspace(async (fixture) => {
      const { root, run, makeEnvironments } = fixture;
      await makeEnvironments("one");
      const path = await changeFirst(fixture);
      await Deno.writeTextFile(join(root, "token.txt"), "hf_0123456789");
      const words = argv.map((word) => word === "token.txt" ? join(root, word) : word);
      equal((await run(words)).code, 0, words.join(" "));
      for (const more of [[], ["--dry-run"]]) {
        const { code, json } = await run(["undo", ...more, "--json"]);
        deepEqual([code, json?.error?.code], [2, "UNDO_AMBIGUOUS"]);
        match(`${json?.error?.hint}`, /undo --env one to take back comfydock py add/);
      }
      equal(await Deno.readTextFile(path), "mine");
      equal((await run(["undo", "--env", "one"])).code, 0);
      equal((await run(["undo"])).code, 0, "what was taken back is the last change now");
    });
  }
});

Deno.test("what was deleted can still be brought back after another environment was chosen", async () => {
  await withWorkspace(async (fixture) => {
    const { run, makeEnvironments } = fixture;
    await makeEnvironments("one", "two");
    const path = await changeFirst(fixture, "workspace");
    await run(["use", "two"]);
    match((await run(["undo", "--env", "workspace"])).stdout, /^Took back comfydock py add in the/);
    await rejects(Deno.lstat(path), Deno.errors.NotFound);
  });
});

Deno.test("a setting whose command is killed is as it was, or whole and can be undone", async () => {
  for (const point of ["workspace:settings-written", "journal:committed"]) {
    await withWorkspace(async ({ run, layout, env, makeEnvironments }) => {
      await makeEnvironments("one");
      await run(["config", "set", "rate", "2"]);
      const dead = await runCli(["config", "set", "rate", "4"], {
        env: { ...env, COMFYDOCK_KILL_AT: point },
      });
      equal(dead.code === 0, false, point);
      equal((await readWorkspaceFile(layout)).settings.rate, 4);
      const { command } = dataOf<UndoData>(await run(["undo", "--json"]));
      equal(command, "config set");
      const held = point === "journal:committed";
      equal((await readWorkspaceFile(layout)).settings.rate, held ? 2 : undefined, point);
    });
  }
});
