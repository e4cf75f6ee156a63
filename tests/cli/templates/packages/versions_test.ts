import { deepEqual, equal, match } from "node:assert/strict";
import { assertPublishedShape } from "../../../support/schemas.ts";
import { type TemplateFixture, templateRepository } from "../../../support/template_repository.ts";
import {
  addTemplate,
  packagesCommand,
  setVersion,
} from "../../../support/templates/package_commands.ts";
import { statesOf } from "../../../support/templates/tree.ts";

async function pyprojects(fixture: TemplateFixture): Promise<readonly string[]> {
  const paths = ["pyproject.toml", "packages/core/pyproject.toml"];
  for (const id of ["media_api", "media_image"]) paths.push(`packages/${id}/pyproject.toml`);
  return await Promise.all(paths.map((path) => fixture.read(path)));
}

Deno.test("point 19: without a change the exit code is 0 and nothing, or an empty list, is printed", async () => {
  await using fixture = await templateRepository("seed");
  const plain = await packagesCommand(fixture, ["changed"]);
  deepEqual([plain.code, plain.stdout], [0, ""]);
  const { code, json } = await packagesCommand(fixture, ["changed", "--json", "--exit-code"]);
  equal(code, 0);
  await assertPublishedShape(json);
  deepEqual((json?.data as { packages: unknown }).packages, []);
});

Deno.test("point 20: --exit-code ends with 1 when something changed; the data has its published shape", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_b", "media-api");
  const plain = await packagesCommand(fixture, ["changed"]);
  equal(plain.code, 0);
  match(plain.stdout, /^media_api 0\.3\.5 .*\n {2}added templates\/api_b-1\.webp\n/);
  const { code, json } = await packagesCommand(fixture, ["changed", "--exit-code", "--json"]);
  equal(code, 1);
  await assertPublishedShape(json);
});

Deno.test("point 25: a dry run shows the difference and writes nothing", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_b", "media-api");
  const before = await pyprojects(fixture);
  const { code, stdout } = await packagesCommand(fixture, ["bump", "--dry-run"]);
  equal(code, 0);
  match(stdout, /^-version = "0\.3\.5"$/m);
  match(stdout, /^\+version = "0\.3\.6"$/m);
  deepEqual(await pyprojects(fixture), before);
});

Deno.test("point 33: pin --check tells and writes nothing", async () => {
  await using fixture = await templateRepository("seed");
  await setVersion(fixture, "packages/core", "0.4.0");
  const before = await pyprojects(fixture);
  const { code, json } = await packagesCommand(fixture, ["pin", "--check", "--json"]);
  equal(code, 1);
  await assertPublishedShape(json);
  deepEqual(await pyprojects(fixture), before);
  equal((await packagesCommand(fixture, ["pin"])).code, 0);
  equal((await packagesCommand(fixture, ["pin", "--check"])).code, 0);
});

Deno.test("scenario 1, nano banana: the package that holds a new template is named until it has a new version", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_banana", "media-api");
  await fixture.commit("add a template");
  const unbumped = await packagesCommand(fixture, ["check", "sync", "--json"]);
  equal(unbumped.code, 1);
  await assertPublishedShape(unbumped.json);
  const [found] = (unbumped.json?.data as { findings: readonly { message: string }[] }).findings;
  match(found?.message ?? "", /^media_api still has version 0\.3\.5 of v0\.5\.0.*api_banana/);
  equal((await packagesCommand(fixture, ["bump"])).code, 0);
  equal((await packagesCommand(fixture, ["pin"])).code, 0);
  equal((await packagesCommand(fixture, ["check", "sync", "pins"])).code, 0);
  const [root = "", core, api, image] = await pyprojects(fixture);
  match(root, /^version = "0\.5\.0"$/m);
  deepEqual(root.match(/demo-media-api==0\.3\.6/g)?.length, 2);
  match(api ?? "", /^version = "0\.3\.6"$/m);
  match(`${core}${image}`, /"0\.3\.4"[^]*"0\.3\.1"/);
  const release = await packagesCommand(fixture, ["release", "--dry-run"]);
  equal(release.code, 5);
  match(release.stderr, /still has version 0\.5\.0 of v0\.5\.0[^]*Set release version/);
});

Deno.test("scenario 4, override loop: a version set by hand stays, and a second run writes nothing", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_b", "media-api");
  await setVersion(fixture, "packages/media_api", "0.4.0");
  const root = await fixture.read("pyproject.toml");
  await fixture.write(
    "pyproject.toml",
    root.replace("demo-media-api==0.3.5", "demo-media-api==0.4.0"),
  );
  const api = await fixture.read("packages/media_api/pyproject.toml");
  const loop = async () => {
    for (const step of ["bump", "pin"]) equal((await packagesCommand(fixture, [step])).code, 0);
  };
  await loop();
  equal(await fixture.read("packages/media_api/pyproject.toml"), api);
  // The extra had the old pin still.
  equal(await fixture.read("pyproject.toml"), root.replaceAll("-api==0.3.5", "-api==0.4.0"));
  const before = await statesOf(fixture);
  await loop();
  deepEqual(await statesOf(fixture), before);
});

Deno.test("point 84: a package whose directory went leaves its pin behind, whatever it was called", async () => {
  await using fixture = await templateRepository("seed");
  for (const path of ["pyproject.toml", "packages/media_image/pyproject.toml"]) {
    const text = await fixture.read(path);
    await fixture.write(path, text.replaceAll("demo-media-image", "pictures"));
  }
  await fixture.commit("another name", "v0.5.1");
  await fixture.change<Record<string, string[]>>(
    "bundles.json",
    (bundles) => void delete bundles["media-image"],
  );
  await fixture.git("rm", "--quiet", "-r", "packages/media_image", "templates/img_a.json");
  const { code, stdout } = await packagesCommand(fixture, ["check", "pins"]);
  equal(code, 1);
  match(stdout, /error E_PIN_LEFT_BEHIND pyproject\.toml:16 .*"pictures==0\.3\.1" pins a package/);
  match(stdout, /2 errors/);
});

Deno.test("scenario 19, versions: what is none of three numbers fails a check; pre-releases pass when they are asked for", async () => {
  const fails = ["0.6.01", "7.35", "v0.6.0", "0.6", "0.6.0-rc.1"];
  await using fixture = await templateRepository("seed", { git: false });
  for (const version of fails) {
    await setVersion(fixture, ".", version);
    const { code, stdout } = await packagesCommand(fixture, ["check", "pyproject"]);
    equal(code, 1, version);
    match(stdout, /E_BAD_VERSION pyproject\.toml:7/);
  }
  equal((await packagesCommand(fixture, ["check", "pyproject", "--pre", "rc1"])).code, 0);
  equal((await packagesCommand(fixture, ["check", "pyproject", "--pre", "RC.1"])).code, 0);
  equal((await packagesCommand(fixture, ["check", "pyproject", "--pre", "rc2"])).code, 1);
});

Deno.test("bump and check have their published shapes", async () => {
  await using fixture = await templateRepository("today");
  await addTemplate(fixture, "vid_c", "media-assets-01");
  for (
    const words of [["bump", "--minor", "core"], ["check", "pins", "pyproject", "policy", "python"]]
  ) {
    await assertPublishedShape((await packagesCommand(fixture, [...words, "--json"])).json);
  }
});
