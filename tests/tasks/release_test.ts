import assert from "node:assert/strict";
import { join } from "node:path";
import { VERSION } from "../../src/base/mod.ts";
import { parseRelease } from "../../src/distribution/mod.ts";
import { makeRelease, NOTES_FILE } from "../../tasks/release.ts";
import { billOfMaterials, changesOf, withAddress } from "../../tasks/release_texts.ts";
import { withTempDir } from "../support/alone.ts";
import { readProjectText } from "../support/project.ts";

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
    assert.equal(sums, files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(""));
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

Deno.test("the bill of materials names each package of the lock with its digest", async () => {
  const bill = JSON.parse(billOfMaterials(JSON.parse(await readProjectText("deno.lock")), "1.0.0"));
  assert.equal(bill.bomFormat, "CycloneDX");
  const toml = bill.components.find(({ name }: { name: string }) => name === "smol-toml");
  assert.match(toml.purl, /^pkg:npm\/smol-toml@\d/);
  assert.match(toml.hashes[0].content, /^[0-9a-f]{128}$/);
  assert(bill.components.every(({ version }: { version: string }) => /^\d/.test(version)));
});

Deno.test("an address that a shell would read is not written into a script", () => {
  for (const address of ["https://x.test/$(id)", 'https://x.test/"', "https://x.test/ y"]) {
    assert.throws(() => withAddress("", address), /Cannot write/);
  }
});
