import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { ComfydockError } from "../../src/base/mod.ts";
import { bundleErrors, type BundleFile, inspectBundle } from "../../src/bundles/mod.ts";
import { checkArchive } from "../../src/bundles/read_archive.ts";
import {
  type BundleTwist,
  SMALL_MANIFEST,
  smallBundle,
  writeBundle,
} from "../support/bundle_files.ts";
import { byteChanges, changeBytes } from "../support/bundle_mutations.ts";

async function inTemporary(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("a bundle that is right says what it holds", () =>
  inTemporary(async (directory) => {
    const path = join(directory, "small.tar.gz");
    await writeBundle(path, smallBundle());
    const summary = await inspectBundle(path);
    assert.deepEqual(
      { ...summary, tool: summary.tool.replace(/\d.*/, "") },
      {
        kind: "environment",
        tool: "comfydock ",
        name: "small",
        comfyui: { version: "v0.2.0", commit: "a".repeat(40) },
        python: "3.13",
        torchBackend: "none",
        hasLock: true,
        nodes: [{ id: "pack", version: undefined, source: "local", packed: true }],
        models: [{ key: "base", size: 2_400, packed: true }],
        workflows: ["portrait"],
        files: 6,
        bytes: [...smallBundle().values()].reduce((sum, { length }) => sum + length, 0),
      },
    );
  }));

const first = (change: Partial<BundleFile>) => (files: BundleFile[]) =>
  files.map((file, at) => at === 0 ? { ...file, ...change } : file);
const text = (content: string) => new TextEncoder().encode(content);
const replaced = (path: string, content: string) => {
  const files = smallBundle();
  files.set(path, text(content));
  return files;
};
const without = (path: string) => {
  const files = smallBundle();
  files.delete(path);
  return files;
};

const faults: Readonly<Record<string, BundleTwist & { files?: Map<string, Uint8Array> }>> = {
  "a digest is wrong": { listed: first({ sha256: "0".repeat(64) }) },
  "a size is wrong": { listed: first({ size: 4 }) },
  "a mode is wrong": { listed: first({ executable: true }) },
  "a file is not listed": { listed: (files) => files.slice(1) },
  "a listed file is missing": { entries: (files) => files.slice(1) },
  "a file is listed twice": { listed: (files) => [...files, files[0]!] },
  "a path leads out": { listed: first({ path: "../.python-version" }) },
  "a path is absolute": { listed: first({ path: "/etc/passwd" }) },
  "a path has no place in a bundle": { files: replaced("ComfyUI/main.py", "") },
  "a path leads into a repository": { files: replaced("nodes/pack/sub/.GIT/config", "") },
  "a path leads into a repository by its short name": { files: replaced("workflows/git~1/x", "") },
  "a path leads into a repository by a name with unseen letters": {
    files: replaced("nodes/pack/.g\u200cit/config", ""),
  },
  "a path leads to what Python has compiled": {
    files: replaced("nodes/pack/__pycache__/x.cpython-313.pyc", ""),
  },
  "there is no manifest": { files: without("pyproject.toml") },
  "a tracked workflow is missing": { files: without("workflows/portrait.json") },
  "a node pack is none of the manifest's": { files: replaced("nodes/other/x.py", "") },
  "a model is none of the manifest's": { files: replaced("models/loras/x.safetensors", "") },
  "a model is not that of the manifest": {
    files: replaced("models/checkpoints/base.safetensors", "other"),
  },
  "the manifest is no UTF-8": {
    files: new Map([...smallBundle()].map(([path, bytes]) => [
      path,
      path === "pyproject.toml" ? Uint8Array.of(0xff, 0xfe) : bytes,
    ])),
  },
  "the manifest is newer": {
    files: replaced("pyproject.toml", SMALL_MANIFEST.replace('"1.0.0"', '"9.0.0"')),
  },
  "the schema is unknown": { index: (json) => json.replace('"schema": 1', '"schema": 0') },
  "the kind is unknown": { index: (json) => json.replace('"environment"', '"planet"') },
  "bundle.json is no JSON": { index: (json) => json.slice(0, -5) },
  "bundle.json is missing": {
    entries: (files) => files.filter(({ path }) => path !== "bundle.json"),
  },
};

for (const [fault, { files = smallBundle(), ...twist }] of Object.entries(faults)) {
  Deno.test(`a bundle is refused when ${fault}`, () =>
    inTemporary(async (directory) => {
      const path = join(directory, "small.tar");
      await writeBundle(path, files, twist);
      await assert.rejects(inspectBundle(path), ComfydockError);
    }));
}

Deno.test("a bundle of a newer comfydock is refused with the way to read it", () =>
  inTemporary(async (directory) => {
    const path = join(directory, "small.tar");
    const index = (json: string) => json.replace('"schema": 1', '"schema": 2');
    await writeBundle(path, smallBundle(), { index });
    await assert.rejects(inspectBundle(path), {
      code: bundleErrors.BUNDLE_SCHEMA_NEWER.code,
      hint: "Run comfydock self update",
    });
  }));

Deno.test("a bundle that was changed anywhere is refused, or is what it was", () =>
  inTemporary(async (directory) => {
    const originals: { readonly path: string; readonly bytes: Uint8Array }[] = [];
    for (const ending of ["tar", "tar.gz", "tar.zst", "stored.tar.zst"]) {
      const path = join(directory, `right.${ending}`);
      await writeBundle(path, smallBundle(), { stored: ending.startsWith("stored") });
      originals.push({ path, bytes: await Deno.readFile(path) });
    }
    const right = await checkArchive(originals[0]!.path);
    let refused = 0;
    const change = fc.record({ original: fc.nat(3), how: byteChanges });
    await fc.assert(
      fc.asyncProperty(change, async ({ original, how }) => {
        const changed = changeBytes(originals[original]!.bytes, how);
        const path = join(directory, "changed");
        await Deno.writeFile(path, changed);
        try {
          assert.deepEqual(await checkArchive(path), right);
        } catch (error) {
          assert.ok(error instanceof ComfydockError, String(error));
          assert.notEqual(error.code, "INTERNAL");
          refused++;
        }
      }),
      { numRuns: 1_000 },
    );
    assert.ok(refused > 500, `${refused} of 1,000 were refused`);
  }));
