import assert from "node:assert/strict";
import { join } from "node:path";
import { isKind } from "../../../src/base/mod.ts";
import {
  configValue,
  findSetting,
  findUserConfigDirectory,
  parseSetting,
  readUserConfig,
  resolveConfig,
  settingDefinitions,
  userConfigDirectory,
  userConfigFile,
  withSetting,
  workspaceErrors,
  writeUserSetting,
} from "../../../src/workspace/mod.ts";
import { withDirectory } from "../support/workspace.ts";

Deno.test("later layers win, and every value says where it comes from", () => {
  const user = { path: "/u/config.toml", settings: { rate: 2, torch_backend: "cpu" } };
  const workspace = { path: "/w/workspace.json", settings: { rate: 3, lock_timeout: 5 } };
  const entry = (key: string, layers: Parameters<typeof resolveConfig>[0]) => {
    const { value, layer, origin } = resolveConfig(layers).find((each) => each.key === key)!;
    return [value, layer, origin];
  };
  const env = { COMFYDOCK_RATE: "4" };
  const flags = { rate: 5 };
  assert.deepEqual(entry("rate", {}), [8, "default", undefined]);
  assert.deepEqual(entry("rate", { defaults: { rate: 1 } }), [1, "default", undefined]);
  assert.deepEqual(entry("rate", { user }), [2, "user", "/u/config.toml"]);
  assert.deepEqual(entry("rate", { user, workspace }), [3, "workspace", "/w/workspace.json"]);
  assert.deepEqual(entry("rate", { user, workspace, env }), [4, "environment", "COMFYDOCK_RATE"]);
  assert.deepEqual(entry("rate", { user, workspace, env, flags }), [5, "flag", undefined]);
  assert.deepEqual(entry("rate", { user, env: { COMFYDOCK_RATE: "" } }), [2, "user", user.path]);
  assert.deepEqual(entry("torch_backend", { user, workspace }), ["cpu", "user", user.path]);
  assert.equal(configValue(resolveConfig({ workspace }), "lock_timeout"), 5);
});

Deno.test("an unknown key names the nearest right one and the file that holds it", () => {
  assert.throws(
    () => findSetting("torch_backnd"),
    (error) =>
      isKind(error, workspaceErrors.CONFIG_KEY_UNKNOWN) &&
      error.details.suggestion === "torch_backend",
  );
  const user = { path: "/u/config.toml", settings: { modelsdir: "/m" } };
  assert.throws(() => resolveConfig({ user }), /modelsdir.*config\.toml/);
  assert.throws(
    () => findSetting("api_keys.civitai"),
    (error) => isKind(error, workspaceErrors.CONFIG_KEY_SECRET),
  );
});

const values: readonly (readonly [key: string, right: string[], wrong: string[]])[] = [
  ["models_dir", [join(Deno.cwd(), "m")], ["models", ""]],
  ["torch_backend", ["auto", "cpu", "cu128", "rocm6.4", "xpu", "none"], ["cuda", "cu", "gpu"]],
  ["default_python", ["3.12", "3.12.4"], ["3", "python3", "2.7"]],
  ["lock_timeout", ["0", "1.5", "600"], ["-1", "soon", "1e9", ""]],
  ["rate", ["0.5", "20"], ["0", "fast"]],
  ["registry_url", ["https://example.org/x", "http://127.0.0.1:1"], ["example.org", "ftp://x"]],
];

for (const [key, right, wrong] of values) {
  Deno.test(`the setting ${key} takes right values and refuses wrong ones with what it wants`, () => {
    const definition = findSetting(key);
    for (const text of right) parseSetting(definition, text, "the command line");
    for (const text of wrong) {
      assert.throws(
        () => parseSetting(definition, text, "X_VARIABLE"),
        (error) =>
          isKind(error, workspaceErrors.CONFIG_VALUE_INVALID) && /X_VARIABLE/.test(error.message) &&
          error.message.includes(definition.wants),
      );
    }
  });
}

Deno.test("every setting has its own variable, and its fallback is a right value", () => {
  const variables = settingDefinitions.map(({ env }) => env);
  assert.equal(new Set(variables).size, variables.length);
  for (const { accepts, fallback } of settingDefinitions) {
    assert(fallback === undefined || accepts(fallback));
  }
});

Deno.test("a user's file keeps its comments when a setting is written and taken out again", async () => {
  await withDirectory(async (directory) => {
    const path = userConfigFile(directory);
    assert.deepEqual(await readUserConfig(directory), {});
    const text = "schema_version = 1\n# slow line here\nrate   = 2 # per second\r\n";
    await Deno.writeTextFile(path, text);
    await writeUserSetting(directory, "torch_backend", "cpu");
    assert((await Deno.readTextFile(path)).startsWith(text.trimEnd()));
    assert.deepEqual(await readUserConfig(directory), { rate: 2, torch_backend: "cpu" });
    await writeUserSetting(directory, "torch_backend", undefined);
    assert.equal(await Deno.readTextFile(path), text);
    await assert.rejects(writeUserSetting(directory, "torch_backend", "gpu"));
    await assert.rejects(writeUserSetting(directory, "nonsense", undefined));
    assert.equal(await Deno.readTextFile(path), text);
  });
});

Deno.test("a user's file that is newer, no TOML, or holds tables is refused by its name", async () => {
  await withDirectory(async (directory) => {
    for (const text of ["schema_version = 2", "rate = ", "[rate]\nx = 1"]) {
      await Deno.writeTextFile(userConfigFile(directory), text);
      await assert.rejects(readUserConfig(directory), /config\.toml/);
    }
  });
});

Deno.test("a workspace's setting is checked when it is set; a stray one can be taken out", () => {
  const facts = { createdAt: "x", settings: { stray: 1 }, rest: {} };
  assert.deepEqual(withSetting(facts, "rate", 2).settings, { stray: 1, rate: 2 });
  assert.deepEqual(withSetting(facts, "stray", undefined).settings, {});
  assert.throws(() => withSetting(facts, "rate", "fast"));
  assert.throws(() => withSetting(facts, "stray2", undefined));
});

Deno.test("the user's directory follows the system's habits", () => {
  const home = { HOME: "/h", APPDATA: "/a" };
  assert.equal(userConfigDirectory(home, "linux"), join("/h", ".config", "comfydock"));
  assert.equal(
    userConfigDirectory(home, "darwin"),
    join("/h", "Library", "Application Support", "comfydock"),
  );
  assert.equal(userConfigDirectory(home, "windows"), join("/a", "comfydock"));
  assert.equal(userConfigDirectory({ XDG_CONFIG_HOME: "/x" }, "linux"), join("/x", "comfydock"));
  assert.throws(() => userConfigDirectory({}, "linux"), /HOME/);
  assert.equal(findUserConfigDirectory({}, "linux"), undefined);
});
