import { deepEqual, equal, rejects } from "node:assert/strict";
import { applyChanges } from "../../../src/templates/mod.ts";
import { type BumpOptions, type BumpPlan, planBump } from "../../../src/templates/packages/mod.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { compare } from "../../support/templates/comparisons.ts";
import { addTemplate, setVersion } from "../../support/templates/package_commands.ts";
import { tinyWebp } from "../../support/templates/pictures.ts";

async function plan(fixture: TemplateFixture, options: BumpOptions = {}): Promise<BumpPlan> {
  return planBump(await compare(fixture), options);
}

async function bump(
  fixture: TemplateFixture,
  options: BumpOptions = {},
): Promise<readonly string[]> {
  const { raised, changes } = await plan(fixture, options);
  await applyChanges(fixture.root, changes);
  return raised.map(({ id, from, to }) => `${id} ${from} → ${to}`);
}

const API = "packages/media_api/pyproject.toml";

Deno.test("point 22: the last number is raised, another one for packages that are named", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("templates/api_a-1.webp", tinyWebp("new"));
  await fixture.write("templates/img_a-1.webp", tinyWebp("new"));
  const levels = new Map([["media_image", "minor"], ["core", "major"]] as const);
  deepEqual((await plan(fixture, { levels })).raised.map(({ id, to }) => `${id} ${to}`), [
    "core 1.0.0",
    "media_api 0.3.6",
    "media_image 0.4.0",
  ]);
  deepEqual(await bump(fixture, { packages: ["media_image"] }), ["media_image 0.3.1 → 0.3.2"]);
  // A level that is named later is still reached, once.
  deepEqual(await bump(fixture, { levels, packages: ["media_image"] }), [
    "media_image 0.3.2 → 0.4.0",
  ]);
  deepEqual(await bump(fixture, { levels, packages: ["media_image"] }), []);
});

Deno.test("point 23: the meta package's version is never touched", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("README.md", "# Other\n");
  await addTemplate(fixture, "api_b", "media-api");
  const before = await fixture.read("pyproject.toml");
  await bump(fixture);
  equal(await fixture.read("pyproject.toml"), before);
  await rejects(plan(fixture, { packages: ["meta"] }), /is set by hand/);
});

Deno.test("point 24: a second run raises nothing", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_b", "media-api");
  deepEqual(await bump(fixture), ["media_api 0.3.5 → 0.3.6"]);
  const { raised, left, changes } = await plan(fixture);
  deepEqual([raised, changes], [[], []]);
  deepEqual(left, [{ id: "media_api", version: "0.3.6", why: "raised already" }]);
});

Deno.test("point 26: only the version changes: comments, quotes, order, line ends stay", async () => {
  await using fixture = await templateRepository("seed");
  const text = [
    "\ufeff# what it is",
    "[project] # here",
    "version = '0.3.5'  # raised by a program",
    "name='demo-media-api'",
    'requires-python = ">=3.9"',
    "[tool.ruff]",
    'target-version = "py312"',
    'version = "0.3.5"',
    "",
  ].join("\r\n");
  await fixture.write(API, text);
  await fixture.commit("other layout", "v0.5.1");
  await fixture.write("templates/api_a-1.webp", tinyWebp("new"));
  await bump(fixture);
  equal(await fixture.read(API), text.replace("'0.3.5'", "'0.3.6'"));
});

Deno.test("point 27: what is not three numbers is refused, and said where", async () => {
  await using fixture = await templateRepository("seed");
  for (const version of ["0.6", "7.35", "0.6.01", "v0.6.0"]) {
    await setVersion(fixture, "packages/media_api", version);
    await rejects(plan(fixture), {
      code: "E_BAD_REPOSITORY",
      message:
        `Cannot raise versions: ${API}:7 project.version: Version "${version}" of "demo-media-api" is not of three numbers without leading zeros`,
    });
  }
});

Deno.test("point 28: a frozen package is refused", async () => {
  await using fixture = await templateRepository("today");
  await rejects(plan(fixture, { packages: ["media_api"] }), { code: "E_FROZEN" });
});

Deno.test("point 29: when one file cannot be written, all stay as they were", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("templates/api_a-1.webp", tinyWebp("new"));
  await fixture.write("templates/img_a-1.webp", tinyWebp("new"));
  const { changes } = await plan(fixture);
  equal(changes.length, 2);
  const before = await fixture.read(API);
  await fixture.write("packages/media_image/pyproject.toml", "# changed meanwhile\n");
  await rejects(applyChanges(fixture.root, changes), { code: "E_FILE_CHANGED" });
  equal(await fixture.read(API), before);
});

Deno.test("scenario 14, after a CI bump: a human edit in the same commit range is found, an unchanged one raises nothing", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("templates/api_a-1.webp", tinyWebp("new"));
  await bump(fixture);
  await fixture.commit("Auto-bump package versions");
  deepEqual(await bump(fixture), []);
  const text = await fixture.read(API);
  await fixture.write(API, text.replace("of a fixture", "of a person"));
  await fixture.commit("say it better");
  const { changes } = await compare(fixture);
  deepEqual(changes.packages[0]?.reasons.map(({ rule, file }) => `${rule} ${file}`), [
    `changed ${API}`,
    "changed templates/api_a-1.webp",
  ]);
  deepEqual(await bump(fixture), []);
});

Deno.test("scenario 11, py312: versions are read from [project] alone, and a dynamic one is an error", async () => {
  await using fixture = await templateRepository("seed");
  await setVersion(fixture, ".", "0.11.50");
  const { now } = await compare(fixture);
  equal(now.repository.meta?.version, "0.11.50");
  await addTemplate(fixture, "api_b", "media-api");
  const text = await fixture.read(API);
  await fixture.write(API, text.replace(/^version = .*$/m, 'dynamic = ["version"]'));
  const { repository } = (await compare(fixture)).now;
  equal(repository.findings[0]?.code, "E_NO_VERSION");
  equal(repository.findings[0]?.message.includes("is dynamic"), true);
});

Deno.test("pre-releases follow each other, and lead to their release", async () => {
  await using fixture = await templateRepository("seed");
  await fixture.write("templates/api_a-1.webp", tinyWebp("new"));
  deepEqual(await bump(fixture, { pre: "rc1" }), ["media_api 0.3.5 → 0.3.6rc1"]);
  deepEqual(await bump(fixture, { pre: "rc1" }), []);
  deepEqual(await bump(fixture, { pre: "rc2" }), ["media_api 0.3.6rc1 → 0.3.6rc2"]);
  await fixture.commit("canary", "v0.6.0-rc.2");
  deepEqual(await bump(fixture), ["media_api 0.3.6rc2 → 0.3.6"]);
});
