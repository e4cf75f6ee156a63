import { deepEqual, equal, match, notDeepEqual } from "node:assert/strict";
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
import { tinyWebp } from "../../../support/templates/pictures.ts";
import { toolsIn } from "../../../support/templates/python_tools.ts";
import { command, createRunner } from "../../../../src/tools/mod.ts";
import { syncFixture } from "../../../support/templates/synced.ts";
import { pythonProgram } from "../../../support/python_program.ts";
import { statesOf } from "../../../support/templates/tree.ts";
import { uvProgram } from "../../../support/uv_program.ts";

Deno.test("a new template is released in one command, installed by uv, loaded; a second run changes nothing", async () => {
  await using index = await packageIndex();
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_banana", "media-api");
  await fixture.commit("add a template");
  await setVersion(fixture, ".", "0.6.0");
  const words = ["release", "--yes", "--json", ...index.options];
  const untouched = await statesOf(fixture);
  const plan = await packagesCommand(fixture, [...words, "--dry-run"]);
  equal(plan.code, 0);
  await assertPublishedShape(plan.json);
  deepEqual(await statesOf(fixture), untouched);
  deepEqual(index.requests, []);
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

  const before = await statesOf(fixture);
  const uploads = index.uploads.length;
  const again = await packagesCommand(fixture, words);
  equal(again.code, 0, again.stderr);
  deepEqual((again.json?.data as { packages: unknown[] }).packages, []);
  deepEqual(await statesOf(fixture), before);
  equal(index.uploads.length, uploads);
  equal(await fixture.git("tag", "--list"), "v0.5.0\nv0.6.0");
  equal(await fixture.git("status", "--porcelain"), "?? .publish-journal.json");
});

Deno.test("a pre-release goes to the channel test; what failed midway goes on when it is run again", async () => {
  await using index = await packageIndex();
  await using fixture = await templateRepository("seed");
  const text = await fixture.read("pyproject.toml");
  const channel = [
    "[[tool.uv.index]]",
    'name = "test"',
    `url = "${index.simple}"`,
    `publish-url = "${index.url}"`,
    "explicit = true",
    "",
  ];
  await fixture.write("pyproject.toml", `${text}\n${channel.join("\n")}`);
  await setVersion(fixture, ".", "0.6.0-rc.1");
  await addTemplate(fixture, "api_banana", "media-api");
  const words = ["release", "--yes", "--channel", "test", "--wait", "0", "--json"];
  const open = await packagesCommand(fixture, [...words, "--pre", "rc1"]);
  equal(open.json?.error?.code, "E_UNCOMMITTED");
  await fixture.commit("add a template");
  equal((await packagesCommand(fixture, words)).json?.error?.code, "E_BAD_REPOSITORY");
  index.refuse = (file) => file.startsWith("demo_media_image");
  equal((await packagesCommand(fixture, [...words, "--pre", "rc1"])).code, 6);
  index.refuse = undefined;
  const picture = await Deno.readFile(join(fixture.root, "templates/api_banana-1.webp"));
  await fixture.write("templates/api_banana-1.webp", tinyWebp("edited after its upload"));
  await fixture.commit("edit what was uploaded");
  const edited = await packagesCommand(fixture, [...words, "--pre", "rc1"]);
  equal(edited.json?.error?.code, "E_NOT_BUMPED");
  match(edited.stderr, /0\.3\.[56]rc1 was uploaded with other content/);
  await fixture.write("templates/api_banana-1.webp", picture);
  await fixture.commit("take it back");
  const { code, json, stderr } = await packagesCommand(fixture, [...words, "--pre", "rc1"]);
  equal(code, 0, stderr);
  equal((json?.data as { tag: string }).tag, "v0.6.0-rc.1");
  const files = await index.files();
  equal(
    files.filter((file) => file.endsWith(".whl")).join(" "),
    [
      "demo_core-0.3.5rc1-py3-none-any.whl",
      "demo_media_api-0.3.6rc1-py3-none-any.whl",
      "demo_media_image-0.3.1-py3-none-any.whl",
      "demo_templates-0.6.0rc1-py3-none-any.whl",
    ].join(" "),
  );
  equal(await fixture.git("log", "-1", "--format=%s"), "chore(release): 0.6.0-rc.1");
});

Deno.test("a release that failed twice is taken back in one go, and cannot be gone on with then", async () => {
  await using index = await packageIndex();
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_banana", "media-api");
  await fixture.commit("add a template");
  await setVersion(fixture, ".", "0.6.0");
  const paths = [
    "pyproject.toml",
    "packages/core/pyproject.toml",
    "packages/media_api/pyproject.toml",
  ];
  const read = () => Promise.all(paths.map((path) => fixture.read(path)));
  const [root = "", ...parts] = await read();
  index.refuse = (file) => file.startsWith("demo_media_api");
  const words = ["release", "--yes", ...index.options];
  for (const _ of [1, 2]) equal((await packagesCommand(fixture, words)).code, 6);
  notDeepEqual((await read()).slice(1), parts);
  const { code, stdout } = await packagesCommand(fixture, ["rollback"]);
  equal(code, 6);
  match(stdout, /yank demo-core 0\.3\.5[^]*yank demo-media-api 0\.3\.6/);
  // The version that was set by hand stays, committed or not.
  deepEqual(await read(), [root, ...parts]);
  const resumed = await packagesCommand(fixture, ["publish", "--resume", "--yes"]);
  equal(resumed.code, 4);
  match(resumed.stderr, /was taken back/);
});

Deno.test("scenario 3, version chaos: the version that was set by hand is built, unchanged packages keep every byte", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_banana", "media-api");
  await setVersion(fixture, ".", "0.6.0");
  const unchanged = await fixture.read("packages/media_image/pyproject.toml");
  for (const step of ["bump", "pin"]) equal((await packagesCommand(fixture, [step])).code, 0);
  await syncFixture(fixture);
  for (const step of ["bump", "pin"]) equal((await packagesCommand(fixture, [step])).code, 0);
  equal((await packagesCommand(fixture, ["build"])).code, 0);
  match(await fixture.read("pyproject.toml"), /^version = "0\.6\.0"$/m);
  equal(await fixture.read("packages/media_image/pyproject.toml"), unchanged);
  const dist = [...Deno.readDirSync(join(fixture.root, "dist"))].map(({ name }) => name);
  equal(dist.includes("demo_templates-0.6.0-py3-none-any.whl"), true);
  equal(dist.some((name) => name.includes("0.6.1")), false);
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
