import { deepEqual, equal, throws } from "node:assert/strict";
import {
  editDocument,
  type Finding,
  openRepository,
  ownerOfFile,
  parseJsonDocument,
  placeOf,
  readIndex,
  requireSound,
  workingFiles,
} from "../../../src/templates/mod.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";

async function findingsOf(fixture: TemplateFixture): Promise<readonly Finding[]> {
  return (await openRepository(workingFiles(fixture.root))).findings;
}

const BUNDLES = {
  "media-api": ["index", "api_a", "api_a ", 3],
  "media-image": ["img_a", "api_a", "x (2)"],
  other: [],
  "media_api": "none",
};

Deno.test("every fault of bundles.json has its code, line and path, and the rest is read", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await fixture.write("bundles.json", JSON.stringify(BUNDLES, null, 2));
  const found = await findingsOf(fixture);
  deepEqual(found.map((one) => `${one.code} ${placeOf(one)}`), [
    "E_BAD_ID bundles.json:5 $.media-api[2]",
    "E_BAD_BUNDLE bundles.json:6 $.media-api[3]",
    "E_DUPLICATE_ID bundles.json:10 $.media-image[1]",
    "E_BAD_ID bundles.json:11 $.media-image[2]",
    "E_UNKNOWN_BUNDLE bundles.json:13 $.other",
    "E_BAD_BUNDLE bundles.json:14 $.media_api",
  ]);
  equal(found[3]?.hint, 'Call it "x_2"');
  throws(() => requireSound(found, "Cannot bump"), /^ComfydockError: Cannot bump: bundles.json:5/);
});

Deno.test("broken files are findings with their line, and do not hide the others", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await fixture.write("bundles.json", '{\n  "media-api": [\n    "a",\n  ]\n}\n');
  await fixture.write("packages/core/pyproject.toml", "[project]\nname = 'x'\nversion = 1\n");
  await fixture.write("packages/media_api/pyproject.toml", "[project\n");
  const text = await fixture.read("packages/media_image/pyproject.toml");
  await fixture.write(
    "packages/media_image/pyproject.toml",
    text.replace("[project]", '[project]\ndependencies = [\n  "a ~= x",\n]'),
  );
  deepEqual((await findingsOf(fixture)).map((one) => `${one.code} ${placeOf(one)}`), [
    "E_NO_VERSION packages/core/pyproject.toml:3 project.version",
    "E_PYPROJECT packages/media_api/pyproject.toml:1",
    "E_REQUIREMENT packages/media_image/pyproject.toml:7 project.dependencies.0",
    "E_JSON_SYNTAX bundles.json:4",
  ]);
});

Deno.test("a pyproject cannot name files outside of its package: nothing is read or written there", async () => {
  const path = "packages/media_image/pyproject.toml";
  const outside = '\n[tool.hatch.build.targets.wheel]\npackages = ["../media_api/src/x"]\n';
  const cases: readonly (readonly [edit: (text: string) => string, key: string])[] = [
    [(text) => text.replace('where = ["src"]', 'where = ["../../../out/src"]'), "find.where"],
    [(text) => text.replace('where = ["src"]', 'where = ["/out/src"]'), "find.where"],
    [(text) => text.replace('where = ["src"]', 'where = ["a\\\\..\\\\b"]'), "find.where"],
    [(text) => text + outside, "wheel.packages"],
    [(text) => text.replace("demo-media-image", "demo/../../media-image"), "project.name"],
  ];
  for (const [edit, key] of cases) {
    await using fixture = await templateRepository("seed", { git: false });
    await fixture.write(path, edit(await fixture.read(path)));
    const { findings, packages } = await openRepository(workingFiles(fixture.root));
    deepEqual(findings.map(({ code, severity }) => `${code} ${severity}`), ["E_BAD_PROJECT error"]);
    equal(findings[0]?.path?.endsWith(key), true, findings[0]?.path);
    const { moduleDirectory } = packages.find(({ id }) => id === "media_image")!;
    equal(moduleDirectory, "packages/media_image/src/demo_media_image");
  }
});

Deno.test("a module beside its pyproject is found", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const path = "packages/media_image/pyproject.toml";
  const text = await fixture.read(path);
  await fixture.write(path, text.replace('where = ["src"]', 'where = ["."]'));
  await fixture.write("packages/media_image/demo_media_image/__init__.py", "");
  const { findings, packages } = await openRepository(workingFiles(fixture.root));
  deepEqual(findings, []);
  const { moduleDirectory } = packages.find(({ id }) => id === "media_image")!;
  equal(moduleDirectory, "packages/media_image/demo_media_image");
});

Deno.test("point 5: a byte order mark and CRLF line ends are read and stay in an edit", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  for (const path of ["bundles.json", "pyproject.toml", "packages/core/pyproject.toml"]) {
    await fixture.write(path, `\ufeff${(await fixture.read(path)).replaceAll("\n", "\r\n")}`);
  }
  const repository = await openRepository(workingFiles(fixture.root));
  deepEqual(repository.findings, []);
  equal(repository.corePackage?.version, "0.3.4");
  const { document } = repository.bundles;
  const edited = editDocument(document, [{ path: ["media-image", 1], value: "img_b" }]);
  equal(edited, document.text.replace('"img_a"', '"img_a",\r\n    "img_b"'));
});

Deno.test("faults of an index have line and path, and sound entries are read", () => {
  const text =
    '[\n  {"moduleName": "m", "title": 3,\n  "templates": [\n  {"name": "a", "tags": "x"},\n' +
    '  7,\n  {"description": "b"}]}\n]';
  const { value: document } = parseJsonDocument("index.json", new TextEncoder().encode(text));
  const { value: index, findings } = readIndex(document!);
  deepEqual(index.templates.map(({ name }) => name), ["a", ""]);
  deepEqual(findings.map((one) => `${placeOf(one)}: ${one.message}`), [
    "index.json:2 $[0].title: Expected a text",
    "index.json:5 $[0].templates[1]: Expected an object",
    "index.json:4 $[0].templates[0].tags: Expected a list",
    'index.json:6 $[0].templates[2]: Expected an object with "name"',
  ]);
});

Deno.test("a file belongs to the template whose whole id it carries", () => {
  const ids = new Set(["foo", "foo-bar", "foo-1", "sd3.5_c", "index"]);
  const cases: readonly [string, string | undefined, number?][] = [
    ["foo-1.webp", "foo", 1],
    ["foo-bar-1.webp", "foo-bar", 1],
    ["foo-baz-1.webp", undefined],
    ["foo-1.json", "foo-1"],
    ["foo-1-2.webp", "foo-1", 2],
    ["sd3.5_c-12.mp4", "sd3.5_c", 12],
    ["foo.mp3", "foo"],
    ["index.zh.json", undefined],
  ];
  for (const [name, id, number] of cases) {
    deepEqual(ownerOfFile(name, ids), id && { id, ...number && { number } }, name);
  }
});
