import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { DoctorData, FindingData } from "../../../src/cli/workspace/doctor.ts";
import { environmentLayout, listTrash, openWorkspace } from "../../../src/workspace/mod.ts";
import { runCli } from "../../support/run_cli.ts";
import {
  dataOf,
  exists,
  textsBelow,
  withWorkspace,
  type WorkspaceFixture,
} from "./support/workspace.ts";

/** Runs doctor; tools do not matter here. */
async function look(
  { run }: WorkspaceFixture,
  argv: readonly string[],
  check: FindingData["check"],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly FindingData[]> {
  const done = await run(["doctor", "--offline", ...argv, "--json"], { env });
  return dataOf<DoctorData>(done).findings.filter((each) =>
    each.check === check && each.severity !== "ok"
  );
}

function makeDatabase(path: string): void {
  const database = new DatabaseSync(path);
  database.exec("BEGIN; CREATE TABLE things (name TEXT); CREATE INDEX by_name ON things (name)");
  const insert = database.prepare("INSERT INTO things VALUES (?)");
  for (let at = 0; at < 2000; at++) insert.run(`thing number ${at} with a long name`);
  database.exec("COMMIT");
  database.close();
}

Deno.test("doctor --fix moves a damaged index to the trash and leaves a sound one", async () => {
  await withWorkspace(async (fixture) => {
    const { layout } = fixture;
    makeDatabase(layout.modelIndex);
    makeDatabase(layout.nodeIndex);
    deepEqual(await look(fixture, [], "indexes"), []);
    using file = await Deno.open(layout.modelIndex, { write: true });
    for (const at of [8, 12, 16]) {
      await file.seek(at * 4096, Deno.SeekMode.Start);
      await file.write(new Uint8Array(4096).fill(7));
    }
    await Deno.writeTextFile(layout.apiCache, "this is no database, and never was one");
    const found = await look(fixture, [], "indexes");
    deepEqual(found.map(({ severity, fixable, fixed }) => [severity, fixable, fixed]), [
      ["error", true, undefined],
      ["error", true, undefined],
    ]);
    const planned = await look(fixture, ["--fix", "--dry-run"], "indexes");
    deepEqual(planned.map(({ fixed }) => fixed), [undefined, undefined]);
    equal(await exists(layout.modelIndex), true);
    const fixed = await look(fixture, ["--fix"], "indexes");
    deepEqual(fixed.map(({ fixed }) => fixed), [true, true]);
    deepEqual((await listTrash(layout)).map(({ name }) => name).sort(), [
      "api_cache.db",
      "model_index.db",
    ]);
    equal(await exists(layout.nodeIndex), true);
    deepEqual(await look(fixture, [], "indexes"), []);
  });
});

Deno.test("doctor --fix ends what was cut off, and removes what was still being written", async () => {
  await withWorkspace(async (fixture) => {
    const { layout, env, makeEnvironments, run } = fixture;
    await makeEnvironments("demo");
    const { root, cec, log } = environmentLayout(layout, "demo");
    await run(["use", "demo"]);
    await Deno.writeTextFile(log, "log");
    const before = await textsBelow(root);
    const killed = await runCli(["delete", "demo"], {
      env: { ...env, COMFYDOCK_KILL_AT: "delete:aside" },
    });
    equal(killed.code, 137, killed.stderr);
    const dead = 4_000_000;
    const scratch = join(root, `..cec.${dead}-0a1b2c3d.tmp`);
    const temporary = join(layout.metadata, `.workspace.json.${dead}-0a1b2c3d.tmp`);
    const alive = join(layout.metadata, `.workspace.json.${Deno.pid}-0a1b2c3d.tmp`);
    await Deno.mkdir(root, { recursive: true });
    await Deno.mkdir(scratch);
    await Deno.writeTextFile(join(scratch, "pyproject.toml"), "");
    await Deno.writeTextFile(temporary, "{");
    await Deno.writeTextFile(alive, "{");
    const [cut] = await look(fixture, [], "journal");
    match(cut!.message, /^"comfydock delete" \(workspace\) was interrupted/);
    equal(cut!.severity, "error");
    const fixed = await look(fixture, ["--fix"], "journal");
    deepEqual(fixed.map(({ fixed }) => fixed), [true]);
    deepEqual(await look(fixture, [], "journal"), []);
    // What lay in the restored environment is seen only now.
    await look(fixture, ["--fix"], "leftovers");
    deepEqual(await textsBelow(root), before);
    equal(await exists(cec), true);
    deepEqual([await exists(scratch), await exists(temporary), await exists(alive)], [
      false,
      false,
      true,
    ]);
    deepEqual(await Array.fromAsync(Deno.readDir(layout.journal)), []);
  });
});

Deno.test("a journal that cannot be read goes to the trash, so that commands work again", async () => {
  await withWorkspace(async (fixture) => {
    const { layout, makeEnvironments, run } = fixture;
    await makeEnvironments("demo");
    const damaged = join(layout.journal, "20260101T000000000Z-00000000~env-demo");
    await Deno.mkdir(join(damaged, "backup"), { recursive: true });
    await Deno.writeTextFile(join(damaged, "journal.jsonl"), "not json\n");
    await Deno.writeTextFile(join(damaged, "backup", "1"), "old content");
    equal((await run(["delete", "demo", "--json"])).json?.error?.code, "JOURNAL_DAMAGED");
    const [found] = await look(fixture, ["--fix"], "journal");
    deepEqual([found?.severity, found?.fixed], ["error", true]);
    const [entry] = await listTrash(layout);
    const kept = join(layout.trash, entry!.id, entry!.name, "backup", "1");
    equal(await Deno.readTextFile(kept), "old content");
    equal((await run(["delete", "demo"])).code, 0);
  });
});

Deno.test("doctor --fix makes missing directories, and leaves no environment active that is gone", async () => {
  await withWorkspace(async (fixture) => {
    const { layout, makeEnvironments, run } = fixture;
    await makeEnvironments("demo");
    await run(["use", "demo"]);
    await Deno.remove(environmentLayout(layout, "demo").root, { recursive: true });
    await Deno.remove(layout.uvBin);
    const models = join(fixture.root, "no-models");
    const env = { COMFYDOCK_MODELS_DIR: models };
    deepEqual(
      (await look(fixture, [], "workspace", env)).map(({ severity }) => severity),
      ["warning", "warning", "error"],
    );
    const fixed = await look(fixture, ["--fix"], "workspace", env);
    deepEqual(fixed.map(({ fixed }) => fixed), [true, true, true]);
    deepEqual(await look(fixture, [], "workspace", env), []);
    equal((await openWorkspace(layout.root)).facts.activeEnvironment, undefined);
    equal(await exists(models), true);
  });
});

Deno.test({
  name: "doctor --fix points links to the models of today, and hides credentials from others",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withWorkspace(async (fixture) => {
      const { layout, root, makeEnvironments } = fixture;
      await makeEnvironments("demo", "own");
      const link = join(environmentLayout(layout, "demo").comfyui, "models");
      await Deno.mkdir(join(link, ".."), { recursive: true });
      await Deno.symlink(join(root, "nowhere"), link);
      const own = join(environmentLayout(layout, "own").comfyui, "models", "mine.safetensors");
      await Deno.mkdir(join(own, ".."), { recursive: true });
      await Deno.writeTextFile(own, "model");
      const conf = join(root, "conf");
      const env = { XDG_CONFIG_HOME: conf };
      await Deno.mkdir(join(conf, "comfydock"), { recursive: true });
      const credentials = join(conf, "comfydock", "credentials.json");
      await Deno.writeTextFile(credentials, "{}", { mode: 0o644 });
      equal((await look(fixture, [], "links", env)).length, 1);
      equal((await look(fixture, ["--fix"], "credentials", env))[0]?.fixed, true);
      equal((await Deno.stat(credentials)).mode! & 0o777, 0o600);
      equal(await Deno.readLink(link), layout.defaultModels);
      equal(await Deno.readTextFile(own), "model");
      deepEqual(await look(fixture, [], "links", env), []);
    }),
});

Deno.test("a fix that fails is told, and holds no other back", async () => {
  await withWorkspace(async (fixture) => {
    const { layout, root } = fixture;
    const file = join(root, "file");
    await Deno.writeTextFile(file, "");
    await Deno.remove(layout.uvBin);
    const env = { COMFYDOCK_MODELS_DIR: join(file, "models") };
    const found = await look(fixture, ["--fix"], "workspace", env);
    deepEqual(found.map(({ fixed }) => fixed), [true, false]);
    match(found[1]?.fix_error ?? "", /^Cannot create /);
    equal(await exists(layout.uvBin), true);
  });
});
