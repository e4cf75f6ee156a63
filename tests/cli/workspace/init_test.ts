import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import type { InitData } from "../../../src/cli/workspace/init.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { dataOf, exists, textsBelow, withRoot, withWorkspace } from "./support/workspace.ts";

Deno.test("init makes the workspace of the layout and says how to go on", async () => {
  await withRoot(async ({ run, layout }) => {
    const { code, stdout } = await run(["init"]);
    equal(code, 0);
    match(stdout, /^Made the workspace .*\n {2}models: .*\nNext: comfydock create my-env --use\n$/);
    for (const path of [layout.workspaceFile, layout.nodeStore, layout.uvPython, layout.trash]) {
      equal(await exists(path), true, path);
    }
    const { code: again, stdout: complete } = await run(["init"]);
    equal(again, 0);
    match(complete, /is complete/);
  });
});

Deno.test("init PATH makes it there and says how commands find it", async () => {
  await withRoot(async ({ run, root, layout }) => {
    const path = join(root, "elsewhere");
    const done = await run(["init", path, "--json"]);
    await assertPublishedShape(done.json);
    const data = dataOf<InitData>(done);
    deepEqual([data.workspace, data.created, data.found_by_default], [path, true, false]);
    equal(await exists(layout.root), false);
    const { stdout } = await run(["init", path]);
    match(stdout, new RegExp(`COMFYDOCK_HOME="${path}"`));
  });
});

Deno.test("init adds what is missing in a workspace and keeps its settings", async () => {
  await withWorkspace(async ({ run, layout, root }) => {
    const models = join(root, "models");
    await Deno.mkdir(models);
    equal((await run(["init", "--models-dir", models])).code, 0);
    await Deno.remove(layout.uvPython);
    const data = dataOf<InitData>(await run(["init", "--json"]));
    deepEqual([data.created, data.models_dir, data.directories], [false, models, [
      layout.uvPython,
    ]]);
    equal(await exists(layout.uvPython), true);
  });
});

Deno.test("init --dry-run changes nothing", async () => {
  await withRoot(async ({ run, layout }) => {
    const done = await run(["init", "--dry-run", "--json"]);
    await assertPublishedShape(done.json);
    equal(dataOf<InitData>(done).dry_run, true);
    equal(await exists(layout.root), false);
  });
});

Deno.test("init leaves alone what it cannot make a workspace of, and says why", async () => {
  await withRoot(async ({ run, root, layout }) => {
    const foreign = join(root, "foreign");
    await Deno.mkdir(foreign);
    await Deno.writeTextFile(join(foreign, "thesis.txt"), "precious");
    const file = join(foreign, "thesis.txt");
    const cases = [
      { argv: [foreign], code: 5, error: "WORKSPACE_DIRECTORY_FOREIGN" },
      { argv: [file], code: 5, error: "WORKSPACE_DIRECTORY_FOREIGN" },
      { argv: [join(file, "ws")], code: 1, error: "FILE_UNWRITABLE" },
      { argv: ["--models-dir", join(root, "none")], code: 2, error: "CONFIG_VALUE_INVALID" },
      { argv: ["one", "two"], code: 2, error: "ARGUMENT_UNEXPECTED" },
    ];
    for (const { argv, code, error } of cases) {
      const done = await run(["init", ...argv, "--json"]);
      deepEqual([done.code, done.json?.error?.code], [code, error], argv.join(" "));
      equal((done.json?.error?.hint ?? "") === "", false, argv.join(" "));
    }
    deepEqual(Object.keys(await textsBelow(foreign)), [file]);
    equal(await exists(layout.root), false);
  });
});

Deno.test("a workspace of a newer comfydock, or a damaged one, is left as it is", async () => {
  for (
    const [text, code, error] of [
      ['{"schema_version": 99}', 3, "WORKSPACE_NEWER"],
      ['{"schema_version": 1', 1, "WORKSPACE_INVALID"],
      ['{"schema_version": 1, "created_at": 5}', 1, "WORKSPACE_INVALID"],
    ] as const
  ) {
    await withWorkspace(async ({ run, layout }) => {
      await Deno.writeTextFile(layout.workspaceFile, text);
      for (const argv of [["init"], ["list"], ["info"], ["use", "a"], ["config", "list"]]) {
        const done = await run([...argv, "--json"]);
        deepEqual([done.code, done.json?.error?.code], [code, error], argv.join(" "));
      }
      equal(await Deno.readTextFile(layout.workspaceFile), text);
    });
  }
});
