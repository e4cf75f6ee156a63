import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import * as comfydock from "../../mod.ts";
import { commands } from "../../src/cli/commands.ts";
import { locate } from "../../src/cli/locate.ts";
import { withTempDir } from "../support/alone.ts";
import { projectHas, readProjectText } from "../support/project.ts";

/** The methods that the first architecture gives each component. */
const INTERFACES: Readonly<Record<string, string>> = {
  WorkspaceManager: "create create_environment delete_environment get_environment " +
    "list_environments set_active_environment get_active_environment get_config update_config",
  Environment: "create add_node remove_node status sync commit rollback run validate diff " +
    "update_comfyui repair get_pyproject",
  NodeRegistry: "get_node download_node get_node_requirements search_nodes validate_node",
  ModelIndex: "scan_directory scan_standard_locations register_model update_index " +
    "resolve_by_hash resolve_by_name search_models get_model_info extract_workflow_models " +
    "inject_model_hashes resolve_workflow_models",
  WorkflowManager: "scan_workflows get_workflow_state track_workflow untrack_workflow track_all " +
    "sync_workflows resolve_conflicts export_workflow import_workflow analyze_dependencies",
  PyprojectManager: "",
  UVInterface: "",
  ConfigManager: "get_workspace_config set_workspace_config get_user_config set_user_config " +
    "get_api_keys set_api_key",
  BundleManager: "create_env_bundle create_workflow_bundle extract_bundle validate_bundle",
};

interface Row {
  readonly component: string;
  readonly method: string;
  readonly exported: string;
  readonly command: readonly string[];
  readonly test: string;
}

/** A link to a directory that needs no rights of its own. */
const LINK = Deno.build.os === "windows" ? "junction" : "dir";

const page = await readProjectText("docs/library.md");
const rows = readRows(page);

function readRows(text: string): readonly Row[] {
  const pattern =
    /^\| `(\w+)\.(\w+)` +\| `\1\.(\w+)` +\| `comfydock ([^`]+)` +\| \[\w+\]\(\.\.\/([^)]+)\) +\|$/gm;
  return [...text.matchAll(pattern)].map((
    [, component = "", method = "", exported = "", command = "", test = ""],
  ) => ({ component, method, exported, command: command.split(" "), test }));
}

function exportOf({ component, exported }: Pick<Row, "component" | "exported">): unknown {
  const found: unknown = Object.entries(comfydock).find(([name]) => name === component)?.[1];
  assert.equal(typeof found, "function", `${component} is exported`);
  const same = Object.entries(comfydock.library).find(([name]) => name === component)?.[1];
  assert.equal(found, same, `library.${component} is the same`);
  return Reflect.get(Object(found), exported) ?? Reflect.get(Object(found).prototype, exported);
}

Deno.test("the library's page has every method of every component, and nothing unreadable", () => {
  const lines = page.split("\n").filter((line) => line.startsWith("| `"));
  assert.equal(rows.length, lines.length);
  const missing = Object.entries(INTERFACES).flatMap(([component, methods]) => {
    const own = rows.filter((row) => row.component === component).map(({ method }) => method);
    if (own.length === 0) return [component];
    return methods.split(" ").filter((method) => method !== "" && !own.includes(method))
      .map((method) => `${component}.${method}`);
  });
  assert.deepEqual(missing, []);
});

Deno.test("each method of the page is exported by its name in camelCase", () => {
  for (const row of rows) {
    const camel = row.method.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    assert.equal(row.exported, camel);
    assert.equal(typeof exportOf(row), "function", `${row.component}.${row.exported}`);
  }
});

Deno.test("every public method of a component is on the page", () => {
  const told = new Set(rows.map(({ component, exported }) => `${component}.${exported}`));
  // What opens an object, and the second way of making one, are told in sentences.
  const besides = /\.(constructor|open|read|createIn)$/;
  const found = Object.keys(INTERFACES).flatMap((component) => {
    const type = exportOf({ component, exported: "prototype" });
    return methodsOf(Object(type)).map((method) => `${component}.${method}`);
  });
  assert.ok(found.length > 55, `${found.length}`);
  assert.deepEqual(found.filter((name) => !told.has(name) && !besides.test(name)), []);
});

function methodsOf(prototype: object): readonly string[] {
  if (prototype === Object.prototype) return [];
  return [
    ...Object.getOwnPropertyNames(prototype),
    ...methodsOf(Object.getPrototypeOf(prototype)),
  ];
}

Deno.test("each command of the page exists, with its options", () => {
  for (const { command } of rows) {
    const name = command.join(" ");
    const located = locate(command.filter((word) => !word.startsWith("--")), commands);
    assert.equal(located.kind, "command", name);
    if (located.kind !== "command") continue;
    const { options = {}, bare = [] } = located.command;
    for (const word of command.filter((word) => word.startsWith("--"))) {
      const option = word.slice(2);
      assert.ok(Object.hasOwn(options, option) || bare.includes(option), `${name}: ${word}`);
    }
  }
});

Deno.test("each test of the page is there and calls the method", async () => {
  for (const { component, exported, test } of rows) {
    assert.ok(await projectHas(test), test);
    const calls = new RegExp(`\\.${exported}\\(`);
    assert.match(await readProjectText(test), calls, `${test} calls ${component}.${exported}()`);
  }
});

Deno.test("the page's first script runs in a checkout that is a member of a workspace", async () => {
  await withTempDir(async (directory) => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    await Deno.symlink(root, `${directory}/comfydock`, { type: LINK });
    const config = /^\{ "workspace": .*\}$/m.exec(page)?.[0] ?? "";
    await Deno.writeTextFile(`${directory}/deno.json`, config);
    const script = /## A first script\n\n```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
    const named = script.replace('"../mod.ts"', '"@comfydock/comfydock"');
    assert.notEqual(named, script);
    const other = `import { ModelIndex as Alone } from "@comfydock/comfydock/library";
if (Alone !== ModelIndex) throw new Error("the two entries have two libraries");\n`;
    await Deno.writeTextFile(`${directory}/script.ts`, named + other);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-lock", "-A", "script.ts"],
      cwd: directory,
      env: { HOME: directory },
    }).output();
    const [first, ...others] = new TextDecoder().decode(stdout).trim().split("\n");
    assert.deepEqual([code, first], [0, "0 models here"], new TextDecoder().decode(stderr));
    assert.ok(others.length > 1 && others.every((line) => /^\S.* https:\/\//.test(line)));
  });
});
