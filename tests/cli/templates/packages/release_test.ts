import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { assertPublishedShape } from "../../../support/schemas.ts";
import { templateRepository } from "../../../support/template_repository.ts";
import {
  addTemplate,
  packagesCommand,
  setVersion,
  uvCache,
} from "../../../support/templates/package_commands.ts";
import { packageIndex } from "../../../support/templates/package_index.ts";
import { toolsIn } from "../../../support/templates/python_tools.ts";
import { command, createRunner } from "../../../../src/tools/mod.ts";
import { pythonProgram } from "../../../support/python_program.ts";
import { uvProgram } from "../../../support/uv_program.ts";

Deno.test("a new template is released in one command, installed by uv, loaded; a second run changes nothing", async () => {
  await using index = await packageIndex();
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_banana", "media-api");
  await fixture.commit("add a template");
  await setVersion(fixture, ".", "0.6.0");
  const words = ["release", "--yes", "--json", ...index.options];
  const { code, json, stderr } = await packagesCommand(fixture, words);
  equal(code, 0, stderr);
  await assertPublishedShape(json);
  const data = json?.data as {
    tag: string;
    raised: readonly { id: string; to: string }[];
    packages: readonly { id: string; state: string }[];
  };
  deepEqual(data.raised.map(({ id, to }) => `${id} ${to}`), ["core 0.3.5", "media_api 0.3.6"]);
  deepEqual(data.packages.map(({ id, state }) => `${id} ${state}`), [
    "core done",
    "media_api done",
    "media_image done",
    "meta done",
  ]);
  equal(data.tag, "v0.6.0");
  match(await fixture.read("pyproject.toml"), /demo-media-api==0\.3\.6/);
  match(await installAndLoad(index.simple, "demo-templates==0.6.0"), /api_banana .*2/);

  const before = await stateOf(fixture.root);
  const uploads = index.uploads.length;
  const again = await packagesCommand(fixture, words);
  equal(again.code, 0, again.stderr);
  deepEqual((again.json?.data as { packages: unknown[] }).packages, []);
  deepEqual(await stateOf(fixture.root), before);
  equal(index.uploads.length, uploads);
  equal(await fixture.git("tag", "--list"), "v0.5.0\nv0.6.0");
  equal(await fixture.git("status", "--porcelain"), "?? .publish-journal.json");
});

/** Installs from the index alone, and lists the files of each template that the loader finds. */
async function installAndLoad(simple: string, requirement: string): Promise<string> {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-consumer-" });
  const uv = await uvProgram();
  const env = { UV_CACHE_DIR: await uvCache() };
  const runner = createRunner({ env: Deno.env.toObject() });
  const run = (...args: string[]) => runner.run(command({ program: uv, args, env }));
  await run("venv", "--quiet", "--no-project", "--python", await pythonProgram(), directory);
  const tools = toolsIn(directory);
  const from = ["--no-config", "--default-index", simple, "--python", tools.program("python")];
  await run("pip", "install", "--quiet", ...from, requirement);
  const script = [
    "import demo_templates as templates",
    "for one, files in templates.load_all_templates().items():",
    "    print(one, len([path.read_bytes() for path in files]))",
  ].join("\n");
  const output = await tools.run("python", ["-c", script]);
  await Deno.remove(directory, { recursive: true });
  return output;
}

/** Sizes and times of all files of a repository, without git's own. */
async function stateOf(root: string, directory = "."): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(root, directory))) {
    const path = join(directory, name);
    if (name === ".git") continue;
    if (isDirectory) found.push(...await stateOf(root, path));
    else {
      const { size, mtime } = await Deno.stat(join(root, path));
      found.push(`${path} ${size} ${mtime?.getTime()}`);
    }
  }
  return found.sort();
}
