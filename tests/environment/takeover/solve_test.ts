import assert from "node:assert/strict";
import { parseFrozen, torchBackendOf } from "../../../src/environment/takeover/mod.ts";
import { pinsOf } from "../../../src/environment/takeover/pins.ts";
import { solve } from "../../../src/environment/takeover/solve.ts";
import { readLockPackages } from "../../../src/environment/venv/mod.ts";
import { readManifest } from "../../../src/pyproject/mod.ts";
import { withFitProject } from "../../support/fit_project.ts";

const WHEELS = [
  ...["1.0", "2.0", "3.0"].map((version) => ({ name: "base", version })),
  { name: "middle", version: "1.0", requires: ["base<3"] },
  { name: "middle", version: "2.0", requires: ["base"] },
  { name: "further", version: "1.0" },
  { name: "further", version: "1.5" },
  { name: "picky", version: "1.0", requires: ["base==3.0"] },
];

interface Story {
  readonly title: string;
  readonly packs?: Readonly<Record<string, readonly string[]>>;
  /** What was installed. */
  readonly had: Readonly<Record<string, string>>;
  /** What somebody had asked for by name. */
  readonly requested?: readonly string[];
  readonly locked: Readonly<Record<string, string>>;
  readonly muted?: readonly string[];
}

const STORIES: readonly Story[] = [
  {
    title: "versions stay although newer ones exist",
    had: { base: "2.0", middle: "1.0" },
    locked: { base: "2.0", middle: "1.0" },
  },
  {
    title: "a version that nobody has gives way alone",
    had: { base: "9.9", middle: "1.0" },
    locked: { base: "2.0", middle: "1.0" },
  },
  {
    title: "versions that exclude each other give way, and the rest stays",
    packs: { one: ["further"] },
    had: { base: "3.0", middle: "1.0", further: "1.0" },
    locked: { base: "3.0", middle: "2.0", further: "1.0" },
  },
  {
    title: "packs that exclude each other come along, without what the last one asks for",
    packs: { one: ["base<2"], two: ["base>=2"] },
    had: { base: "1.0", middle: "1.0" },
    locked: { base: "1.0", middle: "1.0" },
    muted: ["two"],
  },
  {
    title: "what was asked for by name comes along in its version, what nobody has does not",
    had: { base: "2.0", middle: "1.0", further: "1.0", ghost: "1.0" },
    requested: ["further", "ghost"],
    locked: { base: "2.0", further: "1.0", middle: "1.0" },
  },
  {
    title: "what was asked for by name is left out where it does not go with the rest",
    packs: { one: ["base<3"] },
    had: { base: "2.0", middle: "1.0", picky: "1.0" },
    requested: ["picky"],
    locked: { base: "2.0", middle: "1.0" },
  },
];

for (const { title, packs = {}, had, requested = [], locked, muted = [] } of STORIES) {
  Deno.test(`packages of another install: ${title}`, async () => {
    const choices = { dependencies: ["middle"], packs, wheels: WHEELS };
    await withFitProject(choices, async ({ project, resolve }) => {
      const packages = Object.entries(had).map(([name, version]) => ({ name, version }));
      const solution = await solve({
        manifestText: project.manifestText,
        pins: pinsOf(packages),
        requested: pinsOf(packages.filter(({ name }) => requested.includes(name))),
        packs: Object.keys(packs),
      }, resolve);
      const found = [...readLockPackages(solution.lockText)].map((
        [name, [version]],
      ) => [name, version]);
      assert.deepEqual(Object.fromEntries(found), locked);
      assert.deepEqual(solution.muted, muted);
      assert.deepEqual(readManifest(solution.manifestText, "x").uv.constraints, []);
    });
  });
}

Deno.test("a conflict that nothing can give way to is told as uv tells it", async () => {
  const choices = { dependencies: ["middle", "base==7"], packs: {}, wheels: WHEELS };
  await withFitProject(choices, async ({ project, resolve }) => {
    const puzzle = {
      manifestText: project.manifestText,
      pins: pinsOf([]),
      requested: [],
      packs: [],
    };
    await assert.rejects(solve(puzzle, resolve), /base/);
  });
});

Deno.test("lines of pip freeze are read, builds of PyTorch told by their labels", () => {
  const { packages, elsewhere } = parseFrozen([
    "Pillow==10.0.1",
    "torch==2.5.1+cu124 ; python_version > '3'",
    "mine @ file:///home/someone/secret",
    "-e git+https://git.test/x#egg=edited",
    "--index-url https://elsewhere.test",
    "bad name==1",
    "",
  ]);
  assert.deepEqual(packages.map(({ name, version }) => `${name} ${version}`), [
    "Pillow 10.0.1",
    "torch 2.5.1+cu124",
  ]);
  assert.deepEqual(elsewhere, ["mine", "edited"]);
  assert.equal(torchBackendOf(packages), "cu124");
  assert.deepEqual(pinsOf(packages), [
    { name: "pillow", version: "10.0.1" },
    { name: "torch", version: "2.5.1" },
  ]);
  assert.deepEqual(
    pinsOf([{ name: "x", version: "1.0; import os" }, { name: "a b", version: "1" }]),
    [],
  );
});
