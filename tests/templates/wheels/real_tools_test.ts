import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { buildPackages, commandBuilder, planBuild } from "../../../src/templates/building/mod.ts";
import { createRunner } from "../../../src/tools/mod.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { filesIn, metadataOf } from "../../support/templates/archives.ts";
import { pythonTools } from "../../support/templates/python_tools.ts";
import { sideOf, syncFixture } from "../../support/templates/synced.ts";

/** A fixture of today's layout in which the tools' own rules are met. */
async function synced(): Promise<TemplateFixture> {
  const fixture = await templateRepository("today", { git: false });
  const path = "packages/blueprints/pyproject.toml";
  const text = await fixture.read(path);
  const more = [
    'readme = "README.md"',
    'license-files = ["legal/*.txt"]',
    'authors = [{ name = "Demo" }, { name = "Demo", email = "demo@example.org" }]',
    'keywords = ["demo", "templates"]',
    'classifiers = ["Programming Language :: Python :: 3"]',
    "",
    "[project.urls]",
    'Homepage = "https://example.org/"',
    "",
    "[project.scripts]",
    'demo = "demo_blueprints:main"',
    "",
    "[project.optional-dependencies]",
    "extra = [\"demo-json>=0.1; python_version < '3.13' or os_name == 'nt'\"]",
  ];
  await fixture.write(
    path,
    text.replace('license = "MIT"', ['license = "MIT"', ...more.slice(0, 5)].join("\n"))
      .replace("\n[tool.hatch", `\n${more.slice(6).join("\n")}\n\n[tool.hatch`),
  );
  await fixture.write("packages/blueprints/README.md", "# Blueprints\n\nText.\n");
  await fixture.write("packages/blueprints/legal/first.txt", "Do what you like\n");
  await fixture.write("packages/blueprints/LICENSE", "not named\n");
  await fixture.write("packages/media_assets_01/LICENSE", "Do what you like,\nand be kind");
  const assets = "packages/media_assets_01/pyproject.toml";
  const given = await fixture.read(assets);
  await fixture.write(assets, given.replace('license = "MIT"', 'license = { file = "LICENSE" }'));
  await syncFixture(fixture);
  return fixture;
}

Deno.test("wheels and source distributions are what `python -m build` makes: the same files, the same metadata", async () => {
  const tools = await pythonTools();
  await using fixture = await synced();
  const { root } = fixture;
  const side = await sideOf(fixture);
  const plan = await planBuild(root, side, { packages: ["media_assets_01", "blueprints"] });
  deepEqual([plan.findings, plan.faults, plan.unplanned], [[], [], []]);
  const { limits } = side.repository;
  const own = await buildPackages(plan, { limits, dist: join(root, "own") });
  const runner = createRunner({ env: Deno.env.toObject() });
  const python = tools.program("python");
  const builder = commandBuilder({ runner, root, python, isolation: false });
  const theirs = await buildPackages(plan, {
    limits,
    dist: join(root, "theirs"),
    builder,
    jobs: 2,
  });
  for (const [at, { files }] of own.packages.entries()) {
    const names = files.map(({ file }) => file);
    deepEqual(theirs.packages[at]?.files.map(({ file }) => file), names);
    const [wheel, theirWheel] = await both(root, names[0]!);
    const infos = (all: Files) => [...all.keys()].filter((name) => !name.endsWith("/WHEEL"));
    deepEqual(infos(wheel), infos(theirWheel));
    for (const [name, text] of wheel) {
      if (name.includes(".dist-info/")) continue;
      equal(theirWheel.get(name), text, name);
    }
    const metadata = [...wheel.keys()].find((name) => name.endsWith("/METADATA"))!;
    deepEqual(metadataOf(wheel.get(metadata)!), metadataOf(theirWheel.get(metadata)!));
    const [sdist, theirSdist] = await both(root, names[1]!);
    // Each backend leaves files of its own.
    const made = /egg-info\/|setup\.cfg$|\/PKG-INFO$|\/\.gitignore$/;
    const sources = (all: Files) => [...all.keys()].filter((name) => !made.test(name));
    deepEqual(sources(sdist), sources(theirSdist));
  }
});

Deno.test("wheels pass twine and check-wheel-contents, and pip installs them without an index", async () => {
  const tools = await pythonTools();
  await using fixture = await synced();
  const { root } = fixture;
  const side = await sideOf(fixture);
  const dist = join(root, "dist");
  const { limits } = side.repository;
  const { packages } = await buildPackages(await planBuild(root, side), { limits, dist });
  const files = packages.flatMap((one) => one.files.map(({ file }) => join(dist, file)));
  match(await tools.run("twine", ["check", ...files]), /PASSED/);
  const wheels = files.filter((file) => file.endsWith(".whl"));
  match(await tools.run("check-wheel-contents", wheels), /blueprints.*: OK/);
  const target = join(root, "installed");
  const offline = ["--no-index", "--find-links", dist, "--target", target, "--quiet"];
  await tools.run("python", [
    "-m",
    "pip",
    "install",
    ...offline,
    "demo-templates",
    "demo-blueprints",
  ]);
  const script = "import demo_templates as t; print(sorted(t.load_all_templates()))";
  match(await tools.run("python", ["-c", script], target), /'api_a', .*'index_logo'.*'vid_b'/);
});

type Files = ReadonlyMap<string, string>;

/** The same file of both directories. */
async function both(root: string, file: string): Promise<readonly [own: Files, theirs: Files]> {
  return [await filesIn(join(root, "own", file)), await filesIn(join(root, "theirs", file))];
}
