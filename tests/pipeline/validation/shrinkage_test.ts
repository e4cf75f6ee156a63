import assert from "node:assert/strict";
import type { NodeMappings } from "../../../src/mappings/mod.ts";
import { validateData } from "../../../src/pipeline/mod.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";

const NOW = Date.parse("2026-08-21T12:00:00Z");

function ofSize(packages: number, signatures: number): NodeMappings {
  const builder = new MappingsBuilder();
  for (let index = 0; index < packages; index++) builder.withPackage(`p${index}`);
  for (let index = 0; index < signatures; index++) builder.withNode(`N${index}`, ["p0"]);
  return builder.build();
}

const CASES: readonly [before: [number, number], after: [number, number], paths: string[]][] = [
  [[100, 200], [100, 200], []],
  [[100, 200], [96, 191], []],
  [[100, 200], [95, 191], ["$.packages"]],
  [[100, 200], [96, 190], ["$.mappings"]],
  [[100, 200], [50, 50], ["$.packages", "$.mappings"]],
  [[100, 200], [300, 300], []],
  [[0, 0], [1, 1], []],
];

for (const [before, after, paths] of CASES) {
  const title = `from ${before.join("/")} to ${after.join("/")} packages/signatures`;
  Deno.test(`validateData() measures shrinkage ${title}`, async () => {
    const request = {
      mappings: { file: "m", value: ofSize(...after) },
      previous: { value: ofSize(...before) },
      now: NOW,
    };
    const report = await validateData(request);
    assert.deepEqual(report.findings.map((finding) => finding.path), paths);
    assert.equal(report.ok, paths.length === 0);
    const allowed = await validateData({ ...request, allowShrink: true });
    assert.equal(allowed.ok, true);
    assert.equal(allowed.warnings, paths.length);
  });
}

Deno.test("validateData() measures nothing against a previous file that is no mappings file", async () => {
  for (const value of [null, {}, { packages: [], mappings: 1 }]) {
    const report = await validateData({
      mappings: { file: "m", value: ofSize(1, 1) },
      previous: { value },
      now: NOW,
    });
    assert.equal(report.ok, true);
  }
});
