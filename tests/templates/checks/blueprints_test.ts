import { deepEqual, equal } from "node:assert/strict";
import { runInProcess } from "../../support/run_in_process.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { findingsOf } from "../../support/templates/check_findings.ts";

const MANIFEST = "packages/core/src/demo_core/blueprints_manifest.json";

async function withManifest(
  assets: readonly (readonly [filename: string, sha256: string])[],
): Promise<TemplateFixture> {
  const fixture = await templateRepository("today", { git: false });
  const lines = assets.map(([filename, sha256]) =>
    `      {"sha256": "${sha256}",   "filename": "${filename}"}`
  );
  const text = `{\n  "blueprints": [\n    {"assets": [\n${lines.join(",\n")}\n    ]}\n  ]\n}`;
  await fixture.write(MANIFEST, text);
  return fixture;
}

async function codes(fixture: TemplateFixture): Promise<readonly string[]> {
  const found = await findingsOf(fixture, "manifest");
  return found.map(({ code, file, line }) => `${code} ${file}:${line ?? "?"}`);
}

Deno.test("the manifest of blueprints is checked against their files, and a sync corrects its digests alone", async () => {
  await using fixture = await withManifest([["text_to_image.json", "00"], [
    "text_to_image-1.webp",
    "11",
  ]]);
  deepEqual(await codes(fixture), [
    `E_MANIFEST_STALE ${MANIFEST}:4`,
    `E_MANIFEST_STALE ${MANIFEST}:5`,
  ]);
  const before = await fixture.read(MANIFEST);
  equal((await runInProcess(["templates", "sync", "-C", fixture.root])).code, 0);
  deepEqual(await codes(fixture), []);
  const after = await fixture.read(MANIFEST);
  equal(after.replace(/[0-9a-f]{64}/g, "") === before.replace(/"(00|11)"/g, '""'), true);
  const again = await runInProcess(["templates", "sync", "--check", "-C", fixture.root]);
  equal(again.code, 0, again.stdout);
});

Deno.test("what the manifest of blueprints lacks or has too much is told; one of an unknown shape is left alone", async () => {
  await using fixture = await withManifest([["gone.json", "00"], ["../../bundles.json", "11"]]);
  deepEqual(await codes(fixture), [
    `E_MANIFEST_MISSING ${MANIFEST}:?`,
    `E_MANIFEST_EXTRA ${MANIFEST}:4`,
  ]);
  await fixture.write(MANIFEST, '{"blueprints": {"text_to_image": "00"}}\n');
  deepEqual(await codes(fixture), []);
});
