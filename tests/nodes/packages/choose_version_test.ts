import assert from "node:assert/strict";
import { chooseVersion, misfitOf, type PackageVersion } from "../../../src/nodes/mod.ts";

function version(name: string, fields: Partial<PackageVersion> = {}): PackageVersion {
  return {
    version: name,
    live: true,
    deprecated: false,
    dependencies: [],
    supportedOs: [],
    supportedAccelerators: [],
    ...fields,
  };
}

Deno.test("chooseVersion() takes the newest that is live and fits, one under review only for want of others", () => {
  const gone = version("3.0.0", { live: false });
  const windows = version("2.0.0", { supportedOs: ["Microsoft :: Windows"] });
  const pending = version("1.9.0", { status: "NodeVersionStatusPending" });
  const old = version("1.0.0", { status: "NodeVersionStatusActive" });
  const all = [gone, windows, pending, old];
  assert.equal(chooseVersion(all, { os: "windows" }), windows);
  assert.equal(chooseVersion(all, { os: "linux" }), old);
  assert.equal(chooseVersion([gone, pending], { os: "linux" }), pending);
  assert.equal(chooseVersion([gone]), undefined);
  assert.equal(chooseVersion([]), undefined);
});

const cases: readonly (readonly [
  declared: Partial<PackageVersion>,
  platform: Parameters<typeof misfitOf>[1],
  misfit: string | undefined,
])[] = [
  [{ supportedOs: ["OS Independent"] }, { os: "linux" }, undefined],
  [{ supportedOs: ["POSIX :: Linux"] }, { os: "linux" }, undefined],
  [{ supportedOs: ["POSIX :: Linux"] }, { os: "windows" }, "is for POSIX :: Linux"],
  [{ supportedOs: ["MacOS", "Microsoft"] }, { os: "darwin" }, undefined],
  [{ supportedOs: ["POSIX :: Linux"] }, {}, undefined],
  [{ supportedOs: ["POSIX :: Linux"] }, { os: "freebsd" }, undefined],
  [{ supportedAccelerators: ["GPU :: NVIDIA CUDA"] }, { torchBackend: "cu126" }, undefined],
  [
    { supportedAccelerators: ["GPU :: NVIDIA CUDA"] },
    { torchBackend: "rocm6.3" },
    "is for GPU :: NVIDIA CUDA",
  ],
  [{ supportedAccelerators: ["GPU :: NVIDIA CUDA"] }, { torchBackend: "cpu" }, undefined],
  [{ supportedAccelerators: ["NPU :: Ascend"] }, { torchBackend: "cu126" }, undefined],
  [{ supportedComfyui: ">=0.3.40" }, { comfyuiVersion: "v0.3.64" }, undefined],
  [{ supportedComfyui: ">=0.3.40" }, { comfyuiVersion: "0.3.9" }, "needs ComfyUI >=0.3.40"],
  [{ supportedComfyui: ">=0.3,<0.4" }, { comfyuiVersion: "0.4.0" }, "needs ComfyUI >=0.3,<0.4"],
  [{ supportedComfyui: "~=0.3.4" }, { comfyuiVersion: "0.3.9" }, undefined],
  [{ supportedComfyui: "~=0.3.4" }, { comfyuiVersion: "0.4.0" }, "needs ComfyUI ~=0.3.4"],
  [{ supportedComfyui: "==0.3.*" }, { comfyuiVersion: "0.3.9" }, undefined],
  [{ supportedComfyui: "!=0.3.9" }, { comfyuiVersion: "0.3.9" }, "needs ComfyUI !=0.3.9"],
  [{ supportedComfyui: ">0.3" }, { comfyuiVersion: "master" }, undefined],
  [{ supportedComfyui: "whatever" }, { comfyuiVersion: "0.3.9" }, undefined],
];

Deno.test("misfitOf() excludes only what is said and understood", () => {
  for (const [declared, platform, misfit] of cases) {
    assert.equal(
      misfitOf(version("1.0.0", declared), platform),
      misfit,
      JSON.stringify({ declared, platform }),
    );
  }
});
