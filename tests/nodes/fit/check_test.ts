import assert from "node:assert/strict";
import { checkFit } from "../../../src/nodes/mod.ts";
import { withFitProject } from "../../support/fit_project.ts";

const NO_HELP = { candidates: new Set<string>(), versionsOf: () => Promise.resolve([]), trials: 0 };
const BASES = ["1.0", "2.0", "3.0"].map((version) => ({ name: "base", version }));

Deno.test("checkFit() tells packs that truly conflict on the real index, with lines and files of both sides", async () => {
  const packs = {
    a: ["iniconfig", "idna==3.4"],
    b: ["# why", "idna>=3.7"].slice(1),
    c: ["requests==2.31.0"],
  };
  await withFitProject({ packs }, async ({ project, resolve }) => {
    const check = await checkFit(project, resolve, { ...NO_HELP, trials: 6 });
    assert.equal(check.fits, false);
    assert.deepEqual(check.fitting, ["a", "c"]);
    const [conflict, ...more] = check.conflicts;
    assert.deepEqual(more, []);
    assert.deepEqual([...conflict!.packs].sort(), ["a", "b"]);
    assert.match(
      conflict!.message,
      /node pack Pack A wants idna==3\.4 \("idna==3\.4" in line 2 of its requirements\.txt\)/,
    );
    assert.match(
      conflict!.message,
      /node pack Pack B wants idna>=3\.7 \("idna>=3\.7" in line 1 of its requirements\.txt\)/,
    );
    assert.deepEqual(conflict!.remedies.map(({ command }) => command).sort(), [
      "comfydock node disable a",
      "comfydock node disable b",
    ]);
    const idna = check.packages.find(({ name }) => name === "idna");
    assert.deepEqual(idna, {
      name: "idna",
      versions: ["3.4"],
      pulls: [
        { pack: "a", requirement: "idna==3.4", via: [] },
        { pack: "c", requirement: undefined, via: ["requests"] },
      ],
    });
  });
});

Deno.test("checkFit() needs one resolution for 30 packs that fit", async () => {
  const packs = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`pack${at}`, [`base>=${1 + at % 3}`]]),
  );
  await withFitProject({ packs, wheels: BASES }, async ({ project, resolve, trials }) => {
    const check = await checkFit(project, resolve, NO_HELP);
    assert.equal(check.fits, true);
    assert.equal(trials(), 1);
    assert.equal(check.packages[0]?.pulls.length, 30);
  });
});

Deno.test("checkFit() tells for each pack that has to go all that exclude it, in two resolutions a pack", async () => {
  const packs = { a: ["base==1"], x: [], b: ["base==2"], c: ["base<3"], d: ["base==3"] };
  await withFitProject({ packs, wheels: BASES }, async ({ project, resolve, trials }) => {
    const { conflicts, fitting } = await checkFit(project, resolve, NO_HELP);
    const pairs = conflicts.map((conflict) => [...conflict.packs].sort().join("-")).sort();
    // Whichever pair uv names first, b and d have to go for a, and both have all their rivals told.
    assert.deepEqual(fitting, ["a", "x", "c"]);
    assert.ok(pairs.includes("a-b") && pairs.includes("a-d"), pairs.join());
    assert.ok(pairs.includes("c-d"), pairs.join());
    assert.ok(trials() <= 2 * 4, String(trials()));
  });
});

Deno.test("checkFit() tells a pack that alone does not fit the environment", async () => {
  const packs = { fine: ["base"], odd: ["base<2"] };
  const dependencies = ["base>=2"];
  await withFitProject({ packs, dependencies, wheels: BASES }, async ({ project, resolve }) => {
    const { conflicts, fitting } = await checkFit(project, resolve, NO_HELP);
    assert.deepEqual(fitting, ["fine"]);
    assert.deepEqual(conflicts.map((conflict) => conflict.packs), [["odd"]]);
    assert.match(conflicts[0]!.message, /ComfyUI wants base>=2/);
  });
});

Deno.test("checkFit() finds the parties by halving where uv does not name them", async () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const packs = Object.fromEntries(ids.map((id) => [id, id === "b" || id === "e" ? ["base"] : []]));
  await withFitProject({ packs, wheels: BASES }, async ({ project, resolve }) => {
    const silent: typeof resolve = async (manifest, lock) => {
      if (!/^b = /m.test(manifest) || !/^e = /m.test(manifest)) {
        return await resolve(manifest, lock);
      }
      return await resolve(manifest.replace(/^e = .*$/m, 'e = ["base==1", "base==2"]'), lock)
        .catch((error) => {
          error.details.sides = [];
          throw error;
        });
    };
    const { conflicts, fitting } = await checkFit(project, silent, NO_HELP);
    assert.deepEqual(conflicts.map((conflict) => [...conflict.packs].sort()), [["b", "e"]]);
    assert.deepEqual(fitting, ["a", "b", "c", "d", "f"]);
  });
});
