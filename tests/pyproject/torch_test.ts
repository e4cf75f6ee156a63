import assert from "node:assert/strict";
import { join } from "node:path";
import { rawZip } from "../support/archives.ts";
import { withTempDir } from "../support/alone.ts";
import { pythonProgram } from "../support/python_program.ts";
import { uvProgram } from "../support/uv_program.ts";
import { isKind } from "../../src/base/mod.ts";
import {
  editManifest,
  newManifest,
  parseTorchIndex,
  pyprojectErrors,
  readManifest,
  readTorchBackends,
  setTorchBackend,
  type TorchIndex,
} from "../../src/pyproject/mod.ts";

const path = "pyproject.toml";
const backends = await readTorchBackends();
const set = (text: string, backend: string, index?: TorchIndex) =>
  editManifest(text, [setTorchBackend(backends, backend, index)], path);
const create = (backend: string, index?: TorchIndex) =>
  newManifest({
    name: "demo",
    requiresPython: ">=3.11",
    dependencies: ["torch", "torchvision", "torchaudio"],
    environment: {},
    edits: [setTorchBackend(backends, backend, index)],
  });
const all = ["cpu", "cu118", "cu128", "rocm6.4", "rocm7.2", "xpu", "none"];

Deno.test("setTorchBackend() writes an explicit index and sources that leave macOS to the default index", () => {
  const { uv, environment } = readManifest(create("cu128"), path);
  assert.equal(environment.torchBackend, "cu128");
  assert.equal(uv.indexes.length, 1);
  assert.equal(uv.indexes[0]!.explicit, true);
  assert.match(uv.indexes[0]!.url, /\/whl\/cu128$/);
  assert.deepEqual(Object.keys(uv.sources), ["torch", "torchvision", "torchaudio"]);
  for (const [source] of Object.values(uv.sources)) {
    assert.equal(source!.index, "pytorch-cu128");
    assert.equal(source!.marker, "sys_platform != 'darwin'");
  }
  assert.deepEqual(uv.environments, []);
});

Deno.test("setTorchBackend() leaves Windows out of the lock of ROCm, and names what only PyTorch's index has", () => {
  const manifest = readManifest(create("rocm6.4"), path);
  assert.deepEqual(manifest.uv.environments, [
    "sys_platform == 'linux'",
    "sys_platform == 'darwin'",
  ]);
  assert.deepEqual(manifest.groups["torch-backend"], [
    "pytorch-triton-rocm ; sys_platform == 'linux'",
  ]);
  assert.ok("pytorch-triton-rocm" in manifest.uv.sources);
  assert.ok("triton-rocm" in readManifest(create("rocm7.2"), path).uv.sources);
});

Deno.test("setTorchBackend() gives the same bytes by any way to a backend", () => {
  for (const from of all) {
    for (const to of all) {
      const switched = set(create(from), to);
      const { tables: _, ...facts } = readManifest(switched, path);
      const { tables: __, ...wanted } = readManifest(create(to), path);
      assert.deepEqual(facts, wanted, `${from} to ${to}`);
      assert.equal(set(switched, to), switched);
      assert.equal(set(switched, from), create(from), `${from} to ${to} and back`);
    }
  }
});

const handmade = `[project]
name = "a"
dependencies = ["torch"]

[tool.uv]
environments = ["sys_platform == 'linux'"] # mine

# my mirror
[[tool.uv.index]]
name = "mirror"
url = "https://mirror.example/simple"
default = true

[tool.uv.sources]
mine = { path = "../mine" }
`;

Deno.test("switching backends leaves what people wrote", () => {
  let text = handmade;
  for (const backend of all) {
    text = set(text, backend);
    const { uv } = readManifest(text, path);
    assert.deepEqual(uv.environments, ["sys_platform == 'linux'"]);
    assert.equal(uv.indexes[0]!.name, "mirror");
    assert.equal(uv.indexes.length, backend === "none" ? 1 : 2);
    assert.ok("mine" in uv.sources);
  }
  assert.equal(text, `${handmade}\n[tool.comfydock]\ntorch_backend = "none"\n`);
});

Deno.test("setTorchBackend() refuses to overwrite a source of torch that people wrote", () => {
  const text = `${handmade}torch = { url = "https://example.com/torch.whl" }\n`;
  assert.throws(
    () => set(text, "cpu"),
    (error) => isKind(error, pyprojectErrors.TORCH_SOURCE_FOREIGN),
  );
  assert.match(set(text, "none"), /torch = \{ url/);
});

Deno.test("setTorchBackend() refuses what is no backend", () => {
  for (
    const backend of ["auto", "", "cuda", "cu1", "cu12.8", "rocm6", "gpu", "CPU", "cpu\n", "../cpu"]
  ) {
    assert.throws(
      () => setTorchBackend(backends, backend),
      (error) => isKind(error, pyprojectErrors.TORCH_BACKEND_INVALID),
    );
  }
});

Deno.test("parseTorchIndex() tells addresses from directories of wheels", () => {
  assert.deepEqual(parseTorchIndex("https://mirror.example/whl"), {
    url: "https://mirror.example/whl",
    flat: false,
  });
  for (const url of ["./wheels", "C:\\wheels", "/srv/wheels"]) {
    assert.deepEqual(parseTorchIndex(url), { url, flat: true });
  }
  assert.throws(() => parseTorchIndex(" "));
});

Deno.test(
  "uv locks each backend for the platforms that have it, from the index that was set",
  () =>
    withTempDir(async (root) => {
      await writeWheel(join(root, "plain"), "torch", "2.0", "macosx_11_0_arm64");
      for (const item of ["torchvision", "torchaudio"]) {
        await writeWheel(join(root, "plain"), item, "2.0", "macosx_11_0_arm64");
      }
      for (const backend of ["cpu", "cu128", "rocm6.4", "xpu"]) {
        const wheels = join(root, backend);
        const companion = backend.startsWith("rocm") ? "pytorch-triton-rocm" : "triton-xpu";
        const needs = /rocm|xpu/.test(backend) ? `Requires-Dist: ${companion}==3.0\n` : "";
        for (const item of backends.packages) {
          await writeWheel(wheels, item, `2.0+${backend}`, "linux_x86_64", needs);
        }
        await writeWheel(wheels, companion, "3.0", "linux_x86_64");
        const lock = await lockOf(
          join(root, `env-${backend}`),
          create(backend, parseTorchIndex(wheels)),
          join(root, "plain"),
        );
        assert.match(lock, new RegExp(`name = "torch"\\nversion = "2\\.0\\+${backend}"`));
        assert.match(lock, /name = "torch"\nversion = "2\.0"\n/);
        assert.equal(lock.includes(`name = "${companion}"\n`), needs !== "");
      }
    }),
);

async function lockOf(directory: string, manifest: string, plain: string): Promise<string> {
  const index = `\n[[tool.uv.index]]\nurl = ${
    JSON.stringify(plain)
  }\nformat = "flat"\ndefault = true\n`;
  await Deno.mkdir(directory);
  await Deno.writeTextFile(join(directory, "pyproject.toml"), manifest + index);
  const python = ["--python", await pythonProgram()];
  const { success, stderr } = await new Deno.Command(await uvProgram(), {
    args: ["lock", "--offline", ...python, "--cache-dir", join(directory, "cache")],
    cwd: directory,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return await Deno.readTextFile(join(directory, "uv.lock"));
}

async function writeWheel(
  directory: string,
  name: string,
  version: string,
  platform: string,
  needs = "",
): Promise<void> {
  const stem = `${name.replaceAll("-", "_")}-${version}`;
  const metadata = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${needs}`;
  const tag = `py3-none-${platform}`;
  const wheel = rawZip([
    { name: `${stem}.dist-info/METADATA`, data: metadata },
    { name: `${stem}.dist-info/WHEEL`, data: `Wheel-Version: 1.0\nTag: ${tag}\n` },
    { name: `${stem}.dist-info/RECORD`, data: "" },
  ]);
  await Deno.mkdir(directory, { recursive: true });
  await Deno.writeFile(join(directory, `${stem}-${tag}.whl`), wheel);
}
