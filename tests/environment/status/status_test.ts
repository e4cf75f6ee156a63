import assert from "node:assert/strict";
import { join } from "node:path";
import { readStatus } from "../../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";

/** What is wrong with an environment, as kind and subject. */
async function look(fixture: EnvironmentFixture): Promise<readonly string[]> {
  const { differences } = await readStatus(fixture.world());
  for (const { settle } of differences) assert.match(settle, /^(comfydock|git) /);
  return differences.map(({ kind, subject }) => `${kind} ${subject}`);
}

async function edit(path: string, from: string | RegExp, to: string): Promise<void> {
  const text = await Deno.readTextFile(path);
  assert.notEqual(text.replace(from, to), text);
  await Deno.writeTextFile(path, text.replace(from, to));
}

Deno.test("a new environment is as it should be, and a clean look starts no uv", async () => {
  await withEnvironment(async (fixture) => {
    const status = await readStatus(fixture.world({ uvPath: join(fixture.root, "no-uv") }));
    assert.deepEqual(status.differences, []);
    assert.equal(status.comfyui.version, "v0.2.0");
    assert.ok(status.packages > 5);
  });
});

Deno.test("status names each package that is missing, extra or of another version", async () => {
  await withEnvironment(async (fixture) => {
    const { venv } = fixture.environment;
    const [python] = (await Array.fromAsync(Deno.readDir(join(venv, "lib")))).map((it) => it.name);
    const packages = join(venv, "lib", python!, "site-packages");
    const names = (await Array.fromAsync(Deno.readDir(packages))).map((entry) => entry.name);
    const infoOf = (name: string) =>
      join(packages, names.find((each) => each.startsWith(`${name}-`))!);
    await Deno.rename(infoOf("packaging"), join(packages, "packaging-1.0.dist-info"));
    await Deno.remove(join(infoOf("idna"), "METADATA"));
    await Deno.mkdir(join(packages, "strange_one-2.0.dist-info"));
    await Deno.writeTextFile(join(packages, "strange_one-2.0.dist-info", "METADATA"), "");
    assert.deepEqual(await look(fixture), [
      "package_missing idna",
      "package_version packaging",
      "package_extra strange-one",
    ]);
  });
});

Deno.test("status tells a lock that is stale, damaged or missing, and a manifest that cannot be read", async () => {
  await withEnvironment(async (fixture) => {
    const { manifest, lockFile } = fixture.environment;
    const lock = await Deno.readTextFile(lockFile);
    await edit(manifest, '"packaging>=23.0"', '"packaging>=23.0", "six"');
    assert.deepEqual(await look(fixture), ["lock_stale uv.lock", "uncommitted pyproject.toml"]);
    await Deno.writeTextFile(lockFile, lock.slice(0, 300));
    assert.ok((await look(fixture)).includes("lock_damaged uv.lock"));
    await Deno.remove(lockFile);
    assert.ok((await look(fixture)).includes("lock_missing uv.lock"));
    await Deno.writeTextFile(manifest, "[project\n");
    await assert.rejects(readStatus(fixture.world()), { code: "MANIFEST_INVALID" });
  });
});

Deno.test("an edit that does not concern packages leaves the lock fresh, and starts no uv", async () => {
  await withEnvironment(async (fixture) => {
    const { manifest } = fixture.environment;
    await edit(manifest, "[tool.comfydock]", '[tool.other]\nkey = "value"\n\n[tool.comfydock]');
    const status = await readStatus(fixture.world({ uvPath: join(fixture.root, "no-uv") }));
    assert.deepEqual(status.differences.map(({ kind }) => kind), ["uncommitted"]);
  });
});

Deno.test("status sees a vanished .venv, a removed Python and a changed, moved or vanished ComfyUI", async () => {
  await withEnvironment(async (fixture) => {
    const { venv, comfyui } = fixture.environment;
    const { git } = fixture.world();
    await edit(join(comfyui, "nodes.py"), /^/, "# mine\n");
    await Deno.writeTextFile(join(comfyui, "mine.py"), "");
    await Deno.writeTextFile(join(comfyui, "custom_nodes", "other.py"), "");
    assert.deepEqual(await look(fixture), [
      "comfyui_changed ComfyUI/nodes.py",
      "comfyui_changed ComfyUI/mine.py",
    ]);
    await Deno.remove(join(comfyui, "mine.py"));
    const older = await git.resolve(comfyui, "v0.1.0");
    await git.checkout(comfyui, older!, { force: true });
    assert.deepEqual((await look(fixture))[0], "comfyui_commit ComfyUI");
    await Deno.remove(join(comfyui, ".git"), { recursive: true });
    assert.deepEqual((await look(fixture))[0], "comfyui_no_git ComfyUI");
    await Deno.remove(comfyui, { recursive: true });
    await Deno.remove(join(venv, "bin", "python"));
    assert.deepEqual(await look(fixture), ["venv_missing .venv", "comfyui_missing ComfyUI"]);
    await Deno.remove(venv, { recursive: true });
    assert.deepEqual(await look(fixture), ["venv_missing .venv", "comfyui_missing ComfyUI"]);
  });
});

Deno.test("status tells what ComfyUI asks for and the manifest does not, with the command that adds it", async () => {
  await withEnvironment(async (fixture) => {
    const { manifest, comfyui } = fixture.environment;
    await edit(manifest, /\n?\s*"packaging>=23\.0",?/, "");
    const { differences } = await readStatus(fixture.world());
    const found = differences.find(({ kind }) => kind === "requirement_missing");
    assert.deepEqual(found, {
      kind: "requirement_missing",
      subject: "packaging",
      expected: "packaging>=23.0",
      severity: "warning",
      settle: 'comfydock py add --env demo "packaging>=23.0"',
    });
    await edit(manifest, /^dependencies = \[/m, 'dependencies = ["Packaging==24.*",');
    const kinds = () => look(fixture).then((all) => all.map((one) => one.split(" ")[0]));
    assert.equal((await kinds()).includes("requirement_missing"), false);
    await edit(join(comfyui, "requirements.txt"), /$/, "\nsix\n");
    assert.equal((await kinds()).includes("requirement_missing"), false);
  });
});
