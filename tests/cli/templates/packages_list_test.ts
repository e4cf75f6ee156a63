import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { templateRepository } from "../../support/template_repository.ts";

Deno.test("point 2: the list has directory, distribution, module, version and dependencies, also from below the root", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const below = join(fixture.root, "packages", "core");
  const { code, json } = await runInProcess([
    "templates",
    "packages",
    "list",
    "-C",
    below,
    "--json",
  ]);
  equal(code, 0);
  await assertPublishedShape(json);
  const { packages, layout } = json?.data as {
    layout: string;
    packages: readonly Record<string, unknown>[];
  };
  equal(layout, "bundled");
  deepEqual(packages.at(-1), {
    id: "meta",
    kind: "meta",
    directory: ".",
    name: "demo-templates",
    module: "demo_templates",
    version: "0.5.0",
    build_backend: "setuptools.build_meta",
    dependencies: ["demo-core==0.3.4", "demo-media-api==0.3.5", "demo-media-image==0.3.1"],
    bundles: [],
    frozen: false,
  });
});

Deno.test("point 3: packages of hatchling and of setuptools are both read", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const { stdout } = await runInProcess(["templates", "packages", "list", "-C", fixture.root]);
  match(stdout, /^blueprints +0\.0\.7 +demo-blueprints +packages\/blueprints/m);
  match(stdout, /^media_api +0\.3\.84 +demo-media-api +packages\/media_api +media-api +frozen$/m);
});

Deno.test("what cannot be read is warned of", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await fixture.write("packages/core/pyproject.toml", "[project\n");
  const { code, json, stderr } = await runInProcess(
    ["templates", "packages", "list", "-C", fixture.root, "--json"],
  );
  equal(code, 0);
  await assertPublishedShape(json);
  match(stderr, /packages\/core\/pyproject\.toml:1: Cannot read/);
});

Deno.test("outside of a repository the exit code is 2", async () => {
  const root = await Deno.makeTempDir();
  const { code, stderr } = await runInProcess(["templates", "packages", "list", "-C", root]);
  await Deno.remove(root);
  equal(code, 2);
  match(stderr, /Cannot find a repository of workflow templates/);
});
