import assert from "node:assert/strict";
import { groupEdits } from "../../../src/nodes/mod.ts";
import { editManifest, nodeGroupName, readTorchBackends } from "../../../src/pyproject/mod.ts";
import { askPack } from "../../support/pack_files.ts";

const MANIFEST = '[project]\nname = "demo"\nversion = "0.1.0"\n';

Deno.test("groupEdits() puts what a pack asks for into a group of its own, each line once", async () => {
  const { text, findings } = await edited({
    "requirements.txt": "numpy>=1.26\nscipy\nnumpy>=1.26\n",
  });
  assert.match(
    text,
    /^\[dependency-groups\]\nMy-Pack-[0-9a-f]{8} = \["numpy>=1\.26", "scipy"\]$/mi,
  );
  assert.deepEqual(findings, []);
});

Deno.test("groupEdits() lets a constraint bind in the group of its pack, and tells one on other packages", async () => {
  const { text, items, findings } = await edited({
    "requirements.txt": "numpy\n-c bounds.txt\n",
    "bounds.txt": "Numpy<2\nscipy<1.13\n",
  });
  assert.match(text, /= \["numpy", "Numpy<2"\]$/m);
  assert.doesNotMatch(text, /constraint|scipy/);
  assert.deepEqual(items[1], { requirement: "Numpy<2", file: "bounds.txt", line: 1 });
  assert.deepEqual(findings.map(({ code, file, line }) => [code, file, line]), [
    ["CONSTRAINT_NOT_ADDED", "bounds.txt", 2],
  ]);
  assert.match(findings[0]!.message, /comfydock constraint add 'scipy<1\.13'/);
});

Deno.test("groupEdits() adds no index, and tells the way; PyTorch's is the torch backend's business", async () => {
  const lines = [
    "--extra-index-url https://download.pytorch.org/whl/cu128",
    "--index-url https://h.example/simple",
    "--find-links https://h.example/wheels",
    "torch",
  ];
  const { text, findings } = await edited({ "requirements.txt": lines.join("\n") });
  assert.doesNotMatch(text, /https/);
  assert.deepEqual(findings.map(({ code }) => code), [
    "INDEX_OF_TORCH",
    "INDEX_NOT_ADDED",
    "INDEX_NOT_ADDED",
  ]);
  assert.match(
    findings[1]!.message,
    /\[\[tool\.uv\.index\]\] with url = "https:\/\/h\.example\/simple"/,
  );
  assert.match(findings[2]!.message, /find-links = \["https:\/\/h\.example\/wheels"\]/);
});

Deno.test("groupEdits() takes away the group of a pack that asks for nothing any more", async () => {
  const before = `${MANIFEST}\n[dependency-groups]\n${nodeGroupName("My Pack")} = ["old"]\n`;
  const { text } = await edited({ "requirements.txt": "# nothing\n" }, before);
  assert.equal(text.trim(), MANIFEST.trim());
});

async function edited(files: Readonly<Record<string, string>>, manifest = MANIFEST) {
  const found = groupEdits("My Pack", await askPack(files), await readTorchBackends());
  return { ...found, text: editManifest(manifest, found.edits, "pyproject.toml") };
}
