import { deepEqual, equal, match } from "node:assert/strict";
import type { InfoData } from "../../../src/cli/workspace/info.ts";
import type { ListData } from "../../../src/cli/workspace/list.ts";
import type { UseData } from "../../../src/cli/workspace/use.ts";
import { acquireLock, WORKSPACE_LOCK } from "../../../src/workspace/mod.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { dataOf, textsBelow, withRoot, withWorkspace } from "./support/workspace.ts";

Deno.test("list names the environments and marks the active one", async () => {
  await withWorkspace(async ({ run, makeEnvironments, layout }) => {
    match((await run(["list"])).stdout, /^There are no environments .*\nNext: comfydock create/);
    await makeEnvironments("beta", "alpha");
    await Deno.mkdir(`${layout.environments}/not-one`);
    await run(["use", "beta"]);
    const done = await run(["list", "--json"]);
    await assertPublishedShape(done.json);
    deepEqual(
      dataOf<ListData>(done).environments.map(({ name, active }) => [name, active]),
      [["alpha", false], ["beta", true]],
    );
    match((await run(["list"])).stdout, /^ {2}alpha .*\n\* beta .*\n$/);
  });
});

Deno.test("use takes a name in other case, and says what was active before", async () => {
  await withWorkspace(async ({ run, makeEnvironments }) => {
    await makeEnvironments("Portraits", "other");
    equal(dataOf<UseData>(await run(["use", "portraits", "--json"])).active, "Portraits");
    const done = await run(["use", "other", "--json"]);
    await assertPublishedShape(done.json);
    deepEqual(dataOf<UseData>(done), { dry_run: false, active: "other", before: "Portraits" });
    const planned = dataOf<UseData>(await run(["use", "Portraits", "--dry-run", "--json"]));
    equal(planned.dry_run, true);
    match((await run(["use", "other"])).stdout, /is the active environment already/);
  });
});

Deno.test("use refuses what is no environment, and names those that are", async () => {
  await withWorkspace(async ({ run, makeEnvironments, layout }) => {
    await makeEnvironments("alpha");
    const before = await textsBelow(layout.metadata);
    const cases = [
      { name: "nothing", code: 4, hint: /There are alpha/ },
      { name: "../alpha", code: 2, hint: /letters, digits/ },
      { name: "con", code: 2, hint: /letters, digits/ },
      { name: "", code: 2, hint: /letters, digits|--help/ },
    ];
    for (const { name, code, hint } of cases) {
      const done = await run(["use", name, "--json"]);
      equal(done.code, code, name);
      match(done.json?.error?.hint ?? "", hint, name);
    }
    deepEqual(await textsBelow(layout.metadata), before);
  });
});

Deno.test("use is refused by name while another command holds the workspace", async () => {
  await withWorkspace(async ({ run, makeEnvironments, layout }) => {
    await makeEnvironments("alpha");
    const lock = await acquireLock(layout, WORKSPACE_LOCK, { command: "rename", timeoutMs: 0 });
    try {
      const { code, stderr } = await run(["use", "alpha"], {
        env: { COMFYDOCK_LOCK_TIMEOUT: "0.05" },
      });
      equal(code, 5);
      match(stderr, /Waiting for "comfydock rename"/);
      match(stderr, /error: Cannot lock the workspace: "comfydock rename" \(process \d+\)/);
    } finally {
      await lock.release();
    }
  });
});

Deno.test("info tells where everything is", async () => {
  await withWorkspace(async ({ run, makeEnvironments, layout }) => {
    await makeEnvironments("alpha");
    const done = await run(["info", "--json"], { env: { COMFYDOCK_MODELS_DIR: "/models" } });
    await assertPublishedShape(done.json);
    const data = dataOf<InfoData>(done);
    deepEqual([data.workspace, data.environments, data.models_dir, data.active], [
      layout.root,
      ["alpha"],
      "/models",
      undefined,
    ]);
    equal(data.free_bytes > 0, true);
    match((await run(["info"])).stdout, /^workspace {5}.*\nactive {8}none\n/);
  });
});

Deno.test("without a workspace every command says how to make one", async () => {
  await withRoot(async ({ run }) => {
    const lines = [
      ["list"],
      ["use", "a"],
      ["info"],
      ["cache", "dir"],
      ["cache", "clean"],
      ["trash", "list"],
      ["doctor"],
      ["delete", "a"],
      ["rename", "a", "b"],
      ["clone", "a", "b"],
    ];
    for (const line of lines) {
      const { code, json } = await run([...line, "--json"]);
      deepEqual([code, json?.error?.code], [4, "WORKSPACE_NOT_FOUND"], line.join(" "));
      match(json?.error?.hint ?? "", /comfydock init/);
    }
  });
});
