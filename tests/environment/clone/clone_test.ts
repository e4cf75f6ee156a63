import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import {
  applyClone,
  readInstalled,
  undoEnvironment,
  venvPython,
} from "../../../src/environment/mod.ts";

import { command } from "../../../src/tools/mod.ts";
import { environmentLayout, lookAt, openWorkspace } from "../../../src/workspace/mod.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";

async function write(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
}

const PLAIN = { withData: false, use: false };

Deno.test("a clone is the same environment at another place, with its own Python", async () => {
  await withEnvironment(async ({ environment, workspace, world, cli }) => {
    await write(join(environment.customNodes, "mine", "__init__.py"), "code");
    await write(join(environment.comfyui, "user", "default", "workflows", "w.json"), "{}");
    await write(join(environment.comfyui, "user", "default", "settings.json"), "{}");
    await write(join(environment.comfyui, "output", "a.png"), "picture");
    const open = world({ name: "twin" });
    const report = await applyClone(open, environment, PLAIN);
    const twin = environmentLayout(workspace, "twin");
    for (const key of ["manifest", "lockFile", "ignoreFile"] as const) {
      assert.equal(await Deno.readTextFile(twin[key]), await Deno.readTextFile(environment[key]));
    }
    const history = async (cec: string) =>
      (await open.git.log(cec)).map(({ commit }) => commit).join();
    assert.equal(await history(twin.cec), await history(environment.cec));
    const packages = await readInstalled(environment.venv);
    assert.deepEqual(await readInstalled(twin.venv), packages);
    assert.equal(report.packages, Object.keys(packages ?? {}).length);
    const code = "import sys, aiohttp; print(sys.prefix, aiohttp.__file__)";
    const spec = command({ program: venvPython(twin.venv), args: ["-c", code] });
    assert.ok((await open.runner.run(spec)).stdout.startsWith(`${twin.venv} ${twin.venv}`));
    const there = async (...path: string[]) =>
      await lookAt(join(twin.comfyui, ...path)) !== undefined;
    assert.deepEqual(
      [
        await there("custom_nodes", "mine", "__init__.py"),
        await there("user", "default", "workflows", "w.json"),
        await there("user", "default", "settings.json"),
        await there("output", "a.png"),
        await there("output", "output_images_will_be_put_here"),
      ],
      [true, true, false, false, true],
    );
    assert.equal((await cli(["validate"], { COMFYDOCK_ENV: "twin" })).code, 0);
    await Deno.writeTextFile(join(twin.comfyui, "nodes.py"), "# changed");
    assert.equal((await cli(["validate"])).code, 0);
  });
});

Deno.test("clone --with-data copies what was made, too; undo takes the clone away", async () => {
  await withEnvironment(async ({ environment, workspace, world, cli }) => {
    await write(join(environment.comfyui, "output", "a.png"), "picture");
    const done = await cli(["clone", "demo", "twin", "--with-data", "--use", "--json"]);
    assert.equal(done.code, 0, done.stderr);
    await assertPublishedShape(done.json);
    const twin = environmentLayout(workspace, "twin");
    assert.equal(await Deno.readTextFile(join(twin.comfyui, "output", "a.png")), "picture");
    assert.ok((await lookAt(join(twin.comfyui, "models")))?.isSymlink);
    assert.equal((await openWorkspace(workspace.root)).facts.activeEnvironment, "twin");
    await undoEnvironment(world(), "twin");
    assert.equal(await lookAt(twin.root), undefined);
    assert.equal((await openWorkspace(workspace.root)).facts.activeEnvironment, "demo");
  });
});

Deno.test("a clone that cannot be filled leaves nothing", async () => {
  await withEnvironment(async ({ root, environment, workspace, cli }) => {
    const env = { COMFYDOCK_UV_CACHE_DIR: join(root, "empty-cache") };
    const { code, json } = await cli(["clone", "demo", "twin", "--offline", "--json"], env);
    assert.equal(json?.ok, false);
    assert.notEqual(code, 0);
    assert.equal(await lookAt(environmentLayout(workspace, "twin").root), undefined);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(workspace.journal)), []);
    assert.equal((await cli(["validate"])).code, 0);
    assert.equal(await lookAt(environment.venv) !== undefined, true);
  });
});

Deno.test("clone refuses names that are taken or none", async () => {
  await withEnvironment(async ({ cli }) => {
    const cases = [
      { argv: ["demo", "DEMO"], code: 5, error: "ENVIRONMENT_EXISTS" },
      { argv: ["demo", "a/b"], code: 2, error: "ENVIRONMENT_NAME_INVALID" },
      { argv: ["nothing", "x"], code: 4, error: "ENVIRONMENT_NOT_FOUND" },
    ];
    for (const { argv, code, error } of cases) {
      const done = await cli(["clone", ...argv, "--dry-run", "--json"]);
      assert.deepEqual([done.code, done.json?.error?.code], [code, error], argv.join(" "));
    }
  });
});
