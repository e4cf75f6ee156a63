import assert from "node:assert/strict";
import { join } from "node:path";
import { applyRename, undoEnvironment, venvPython } from "../../../src/environment/mod.ts";
import { command } from "../../../src/tools/mod.ts";
import { environmentLayout, lookAt, openWorkspace } from "../../../src/workspace/mod.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";

/** What the environment's own interpreter says of itself and of a package. */
async function askPython({ world }: EnvironmentFixture, venv: string): Promise<string> {
  const code = "import sys, aiohttp; print(sys.prefix, aiohttp.__file__)";
  const spec = command({ program: venvPython(venv), args: ["-c", code] });
  return (await world().runner.run(spec)).stdout;
}

Deno.test("rename moves all of an environment, whose Python then works in its new place; undo moves it back", async () => {
  await withEnvironment(async (fixture) => {
    const { environment, workspace, world, cli } = fixture;
    await Deno.writeTextFile(environment.log, "log");
    const manifest = await Deno.readTextFile(environment.manifest);
    const to = environmentLayout(workspace, "my env");
    const plan = await applyRename(world(), to);
    assert.deepEqual([plan.venv, plan.wasActive], ["moved", true]);
    assert.equal(await lookAt(environment.root), undefined);
    assert.ok((await askPython(fixture, to.venv)).startsWith(`${to.venv} ${to.venv}`));
    assert.equal(await Deno.readTextFile(to.manifest), manifest);
    assert.equal(await Deno.readTextFile(to.log), "log");
    assert.equal((await openWorkspace(workspace.root)).facts.activeEnvironment, "my env");
    assert.equal((await cli(["validate", "--strict"], { COMFYDOCK_ENV: "my env" })).code, 0);
    await undoEnvironment(world(), "workspace");
    assert.equal(await lookAt(to.root), undefined);
    assert.equal((await openWorkspace(workspace.root)).facts.activeEnvironment, "demo");
    assert.equal((await cli(["validate", "--strict"])).code, 0);
    assert.equal(await Deno.readTextFile(environment.log), "log");
  });
});

Deno.test("a .venv that cannot be moved is made anew from the lock, and undo gives the old one back", async () => {
  await withEnvironment(async (fixture) => {
    const { environment, workspace, world, cli } = fixture;
    const config = join(environment.venv, "pyvenv.cfg");
    const old = (await Deno.readTextFile(config)).replace(/^relocatable.*\n/m, "");
    await Deno.remove(config);
    await Deno.writeTextFile(config, old);
    const to = environmentLayout(workspace, "renewed");
    assert.equal((await applyRename(world(), to)).venv, "rebuilt");
    assert.ok((await askPython(fixture, to.venv)).startsWith(to.venv));
    assert.match(await Deno.readTextFile(join(to.venv, "pyvenv.cfg")), /^relocatable = true$/m);
    assert.equal((await cli(["validate"], { COMFYDOCK_ENV: "renewed" })).code, 0);
    await undoEnvironment(world(), "workspace");
    assert.equal(await Deno.readTextFile(config), old);
    assert.ok((await askPython(fixture, environment.venv)).startsWith(environment.venv));
  });
});

Deno.test("the prompt of the shell has the new name", async () => {
  await withEnvironment(async ({ workspace, world }) => {
    const to = environmentLayout(workspace, "portraits");
    await applyRename(world(), to);
    assert.match(await Deno.readTextFile(join(to.venv, "pyvenv.cfg")), /^prompt = portraits$/m);
    const script = Deno.build.os === "windows" ? "Scripts" : "bin";
    const text = await Deno.readTextFile(join(to.venv, script, "activate"));
    assert.match(text, /PROMPT=.?portraits/);
  });
});

Deno.test("a name may change in case alone", async () => {
  await withEnvironment(async ({ workspace, cli }) => {
    for (const more of [["--dry-run"], []]) {
      const { code, json } = await cli(["rename", "demo", "Demo", "--json", ...more]);
      assert.equal(code, 0);
      await assertPublishedShape(json);
    }
    const names = await Array.fromAsync(Deno.readDir(workspace.environments));
    assert.deepEqual(names.map(({ name }) => name), ["Demo"]);
    assert.equal((await cli(["validate"])).code, 0);
  });
});

Deno.test("rename refuses names that are taken or none, and changes nothing", async () => {
  await withEnvironment(async ({ workspace, cli }) => {
    for (const name of ["Taken", "dir"]) {
      const { cec, manifest } = environmentLayout(workspace, name);
      await Deno.mkdir(cec, { recursive: true });
      if (name === "Taken") await Deno.writeTextFile(manifest, "");
    }
    const cases = [
      { argv: ["demo", "taken"], code: 5, error: "ENVIRONMENT_EXISTS" },
      { argv: ["demo", "demo"], code: 5, error: "ENVIRONMENT_EXISTS" },
      { argv: ["demo", "dir"], code: 5, error: "ENVIRONMENT_EXISTS" },
      { argv: ["demo", "../x"], code: 2, error: "ENVIRONMENT_NAME_INVALID" },
      { argv: ["demo", "aux"], code: 2, error: "ENVIRONMENT_NAME_INVALID" },
      { argv: ["nothing", "x"], code: 4, error: "ENVIRONMENT_NOT_FOUND" },
    ];
    for (const { argv, code, error } of cases) {
      for (const more of [[], ["--dry-run"]]) {
        const done = await cli(["rename", ...argv, ...more, "--json"]);
        assert.deepEqual([done.code, done.json?.error?.code], [code, error], argv.join(" "));
      }
    }
    assert.equal((await cli(["validate"])).code, 0);
  });
});
