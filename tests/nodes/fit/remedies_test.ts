import assert from "node:assert/strict";
import { conflictError, findRemedies, tryFit } from "../../../src/nodes/mod.ts";
import { withFitProject } from "../../support/fit_project.ts";

const WHEELS = ["1.0", "2.0", "3.0"].map((version) => ({ name: "base", version }));
const VERSIONS = [
  { version: "4.0", requirements: ["base==3.0"] },
  { version: "3.0", requirements: ["base == 2"] },
  { version: "2.0", requirements: ["# old", "base<2"] },
  { version: "1.0", requirements: [] },
];

Deno.test("findRemedies() proposes the newest version that fits and the pack to disable, each tried", async () => {
  const packs = { here: ["base==1.0"], wanted: ["base==2"] };
  await withFitProject({ packs, wheels: WHEELS }, async ({ project, resolve, trials }) => {
    const outcome = await tryFit(project, resolve);
    assert.ok(!outcome.fits);
    const remedies = await findRemedies(project, outcome.conflict, resolve, {
      candidates: new Set(["wanted"]),
      versionsOf: (id) => Promise.resolve(id === "wanted" ? VERSIONS : []),
    });
    assert.deepEqual(remedies, [
      {
        command: "comfydock node add wanted@2.0",
        effect: "Pack WANTED 2.0 asks for base<2, and fits",
      },
      { command: "comfydock node disable here", effect: "without Pack HERE the others fit" },
    ]);
    // All packs, 4.0, 2.0, without "here"; 3.0 says the same as what does not fit.
    assert.equal(trials(), 4);
    const error = conflictError(outcome.conflict, remedies);
    assert.equal(error.code, "NODE_CONFLICT");
    assert.match(
      error.hint ?? "",
      /^Run "comfydock node add wanted@2\.0": .*; or "comfydock node d/,
    );
  });
});

Deno.test("findRemedies() stops at its bound, and asks for no versions where there can be none", async () => {
  const packs = { here: ["base==1.0"], wanted: ["base==2"] };
  await withFitProject({ packs, wheels: WHEELS }, async ({ project, resolve, trials }) => {
    const outcome = await tryFit(project, resolve);
    assert.ok(!outcome.fits);
    const local = {
      ...project,
      packs: project.packs.map((pack) => ({ ...pack, hasVersions: false })),
    };
    const none = await findRemedies(local, outcome.conflict, resolve, {
      candidates: new Set(["wanted"]),
      versionsOf: () => Promise.reject(new Error("nobody shall ask")),
      trials: 0,
    });
    assert.deepEqual(none, []);
    assert.equal(trials(), 1);
    assert.match(conflictError(outcome.conflict, none).hint ?? "", /comfydock create/);
  });
});
