import assert from "node:assert/strict";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { ComfydockError } from "../../../src/base/mod.ts";
import { readForeignDirectory, readForeignFile } from "../../../src/bundles/foreign/mod.ts";
import { findInWorkspace } from "../../../src/bundles/foreign/read_directory.ts";
import { put } from "../../support/tracked_workflows.ts";

const COMMIT = "ca457f7ba1ff33bd0d724cd7324131509efcf3ec";
const SHA256 = "7adffa28d4003a773c2d4e5f10ae1ba63c33573967864a7f9a4a3be9c9f04a93";

/** As comfy-pack writes it. */
const CPACK = {
  python: "3.11",
  comfyui: COMMIT,
  models: [{
    filename: "models/checkpoints/sprites.safetensors",
    size: 6938040682,
    atime: 1734504149.69,
    disabled: false,
    sha256: SHA256,
    source: {
      download_url: "https://models.test/resolve/x/sprites.safetensors?download=true",
      repo: "someone/models",
      commit: COMMIT,
      path: "sprites.safetensors",
      source: "huggingface",
    },
  }, {
    filename: "models/loras/other.safetensors",
    sha256: null,
    disabled: true,
    source: { source: "civitai", download_url: "https://models.test/api/download/1" },
  }],
  custom_nodes: [
    { url: "https://someone:secret@git.test/user/brush.git", commit_hash: COMMIT, disabled: true },
    { url: " ", commit_hash: "", disabled: false },
  ],
};

Deno.test("a pack of comfy-pack gives commits, pinned packages, models with their sources and its workflow", async () => {
  await withFiles(async (root) => {
    const file = join(root, "pixel art.cpack.zip");
    await zip(file, {
      "snapshot.json": JSON.stringify(CPACK),
      "requirements.txt":
        "aiohttp==3.11.10\ntorch==2.5.1+cu124\nmine @ file:///home/someone\n# note\n",
      "workflow.json": '{"nodes": []}',
      "workflow_api.json": "{}",
      "input/example.png": "no picture",
      "service.py": "import os\n",
    });
    const described = await readForeignFile(file, file);
    assert.equal(described?.kind, "comfy-pack");
    assert.equal(described.name, "pixel-art");
    const { comfyui, python, torchBackend, packs, packages, models, workflows, findings } =
      described.takeover;
    assert.deepEqual([comfyui, python, torchBackend], [COMMIT, "3.11", "cu124"]);
    assert.deepEqual(packs, [{
      subject: "https://git.test/user/brush.git",
      reference: `https://git.test/user/brush.git@${COMMIT}`,
      git: true,
      enabled: false,
    }]);
    assert.deepEqual(packages.map(({ name }) => name), ["aiohttp", "torch"]);
    assert.deepEqual(
      models.map(({ localPath, sources, criticality }) => [localPath, sources, criticality]),
      [
        ["models/checkpoints/sprites.safetensors", [{
          type: "huggingface",
          repo: "someone/models",
          file: "sprites.safetensors",
          revision: COMMIT,
        }], "required"],
        ["models/loras/other.safetensors", [{
          type: "url",
          url: "https://models.test/api/download/1",
        }], "optional"],
      ],
    );
    assert.deepEqual(workflows.map(({ file }) => file), ["workflows/pixel-art.json"]);
    assert.deepEqual(
      findings.map(({ subject, certainty }) => `${subject} ${certainty}`),
      ["ComfyUI exact", "mine dropped", "2 further files dropped"],
    );
    assert.doesNotMatch(JSON.stringify(described), /secret/);
  });
});

Deno.test("a snapshot in JSON without a commit, and one that newer versions write, are told as they are", async () => {
  await withFiles(async (root) => {
    const file = join(root, "snapshot.json");
    await put(
      file,
      JSON.stringify({
        comfyui: null,
        git_custom_nodes: {
          null: { hash: null, disabled: false },
          "git@git.test:a/b": { hash: COMMIT, disabled: false },
        },
        cnr_custom_nodes: { "pack-one": "1.2.3" },
        file_custom_nodes: [],
        pips: {
          "numpy==1.26.4": "",
          "-e git+https://git.test/x#egg=edited": "",
          "torch==2.6.0+rocm6.2.4": "",
        },
      }),
    );
    const { takeover } = (await readForeignFile(file, file))!;
    assert.equal(takeover.comfyui, "latest");
    assert.equal(takeover.torchBackend, "rocm6.2.4");
    assert.deepEqual(takeover.packs.map(({ reference }) => reference), [
      `git@git.test:a/b@${COMMIT}`,
      "pack-one@1.2.3",
    ]);
    const certainty = new Map(takeover.findings.map((one) => [one.subject, one.certainty]));
    assert.deepEqual([certainty.get("ComfyUI"), certainty.get("edited")], ["guessed", "dropped"]);
  });
});

Deno.test("a snapshot in YAML may name the commit and the packages beside the node packs", async () => {
  await withFiles(async (root) => {
    const file = join(root, "snapshot.yaml");
    await put(
      file,
      `comfyui: ${COMMIT}\ncustom_nodes:\n  cnr_custom_nodes:\n    alpha: 1.0.0\npips:\n  numpy==1.26.4: ''\n`,
    );
    const { takeover } = (await readForeignFile(file, file))!;
    assert.equal(takeover.comfyui, COMMIT);
    assert.deepEqual(takeover.packages, [{ name: "numpy", version: "1.26.4" }]);
  });
});

const BROKEN: readonly (readonly [string, string | Uint8Array, string | undefined])[] = [
  ["a.json", "{", "DATA_INVALID"],
  ["a.json", '{"git_custom_nodes": []}', "DATA_INVALID"],
  ["a.json", '{"git_custom_nodes": {"x": 7}}', "DATA_INVALID"],
  ["a.json", '{"cnr_custom_nodes": {"x": {"deep": 1}}}', "DATA_INVALID"],
  ["a.json", '{"nodes": [], "links": []}', undefined],
  ["a.yaml", "a: &x [*x, *x]\n", undefined],
  ["a.yaml", `a: ${"[".repeat(100_000)}`, "DATA_INVALID"],
  ["a.yaml", "custom_nodes:\n  git_custom_nodes: &a\n    x: *a\n", "manager-snapshot"],
  ["a.yaml", bomb(), "DATA_INVALID"],
  ["a.txt", "hello", undefined],
  ["a.cpack.zip", zipOf({ "snapshot.json": "[]" }), "DATA_INVALID"],
  ["a.cpack.zip", zipOf({ "snapshot.json": '{"models": [{"filename": 7}]}' }), "DATA_INVALID"],
  [
    "a.cpack.zip",
    zipOf({ "snapshot.json": '{"models": [{"filename": "a", "sha256": "x"}]}' }),
    "DATA_INVALID",
  ],
  ["a.cpack.zip", zipOf({ "../snapshot.json": "{}" }), "ARCHIVE_UNSAFE"],
  ["a.cpack.zip", zipOf({ "readme.md": "" }), undefined],
  ["a.cpack.zip", zipOf({ "snapshot.json": "{}" }).subarray(0, 60), "ARCHIVE_INVALID"],
];

for (const [at, [name, content, code]] of BROKEN.entries()) {
  Deno.test(`what is no file of another tool, or a broken one, is told so: ${at} ${name}`, async () => {
    await withFiles(async (root) => {
      const file = join(root, name);
      if (typeof content === "string") await Deno.writeTextFile(file, content);
      else await Deno.writeFile(file, content);
      const found = await readForeignFile(file, file).then(
        (described) => described?.kind,
        (error) => error instanceof ComfydockError ? error.code : `${error}`,
      );
      assert.equal(found, code);
    });
  });
}

Deno.test("a workspace stands for its only or its active environment, and others are named", async () => {
  await withFiles(async (root) => {
    assert.equal(await findInWorkspace(root), undefined);
    assert.equal(await readForeignDirectory(root, root), undefined);
    const environments = join(root, "environments");
    await put(join(root, ".metadata", "workspace.json"), '{"active_environment": "two"}');
    await put(join(environments, "one", ".cec", "pyproject.toml"), "");
    assert.equal(await findInWorkspace(root), join(environments, "one"));
    await put(join(environments, "two", ".cec", "pyproject.toml"), "");
    assert.equal(await findInWorkspace(root), join(environments, "two"));
    await put(join(root, ".metadata", "workspace.json"), '{"active_environment": "../elsewhere"}');
    await assert.rejects(findInWorkspace(root), /2 environments/);
  });
});

async function withFiles(work: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir());
  try {
    await work(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function zip(path: string, files: Readonly<Record<string, string>>): Promise<void> {
  await Deno.writeFile(path, zipOf(files));
}

function zipOf(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)]);
  return Uint8Array.from(zipSync(Object.fromEntries(entries)));
}

/** Aliases that unfold to 10^9 entries. */
function bomb(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let at = 1; at < 9; at++) {
    lines.push(`a${at}: &a${at} [${Array(10).fill(`*a${at - 1}`).join(", ")}]`);
  }
  return `${lines.join("\n")}\n`;
}
