import assert from "node:assert/strict";
import { ComfydockError } from "../../src/base/mod.ts";
import { readTorchBackends } from "../../src/pyproject/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import { detectTorchBackend, type TorchPlatform } from "../../src/torch/mod.ts";
import { readTorchKnowledge } from "../../src/torch/knowledge.ts";
import { type Stub, withStubs } from "../support/stub_programs.ts";

const posix = Deno.build.os !== "windows";
const GPU_QUERY = "--query-gpu=name,compute_cap --format=csv,noheader";

const smiTable = (head: string) =>
  [
    "Wed Apr  2 10:00:00 2025",
    "+---------------------------------------------------------------------------------+",
    `| NVIDIA-SMI 0.0             ${head}     |`,
    "|-----------------------------------------+----------------------+----------------|",
    "|   0  NVIDIA GeForce RTX 4090        Off | 00000000:01:00.0  On |          N/A   |",
  ].join("\n");

const smi = (head: string, ...gpus: string[]): Record<string, Stub> => ({
  "nvidia-smi": { "": smiTable(head), [GPU_QUERY]: gpus.join("\n") },
});

const agent = (name: string, type: "CPU" | "GPU") =>
  `*******\nAgent 1\n*******\n  Name:                    ${name}\n  Marketing Name:          x\n` +
  `  Device Type:             ${type}\n  ISA Info:\n    ISA 1\n      Name:  amdgcn-amd-amdhsa--${name}\n`;

const rocm = (gpu: string, more: Record<string, Stub> = {}): Record<string, Stub> => ({
  rocminfo: {
    "*": `ROCk module is loaded\nHSA System Attributes\nRuntime Version:         1.1\n` +
      agent("AMD Ryzen 9", "CPU") + agent(gpu, "GPU"),
  },
  ...more,
});

const amdSmi = (version: string): Record<string, Stub> => ({
  "amd-smi": {
    version: `AMDSMI Tool: 25.3.0 | AMDSMI Library version: 25.3.0 | ROCm version: ${version}`,
  },
});

interface Case {
  readonly name: string;
  readonly stubs: Readonly<Record<string, Stub>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly platform?: TorchPlatform;
  readonly backend: string;
  /** Stands in the evidence. */
  readonly because: RegExp;
}

const cases: readonly Case[] = [
  { name: "no driver", stubs: {}, backend: "cpu", because: /no driver/ },
  {
    name: "CUDA 13 as older drivers tell it",
    stubs: smi("Driver Version: 580.95.05      CUDA Version: 13.0", "NVIDIA A100, 8.0"),
    backend: "cu130",
    because: /CUDA 13\.0/,
  },
  {
    name: "CUDA 13 as newer drivers tell it",
    stubs: smi("KMD Version: 610.43.02     CUDA UMD Version: 13.3", "NVIDIA A100, 8.0"),
    backend: "cu130",
    because: /driver 610\.43\.02 supports CUDA 13\.3/,
  },
  ...([
    ["12.9", "cu128"],
    ["12.8", "cu128"],
    ["12.7", "cu126"],
    ["12.6", "cu126"],
    [
      "12.5",
      "cu124",
    ],
    ["12.4", "cu124"],
    ["12.2", "cu121"],
    ["12.0", "cu118"],
    ["11.8", "cu118"],
  ] as const).map((
    [cuda, backend],
  ) => ({
    name: `a driver for CUDA ${cuda}`,
    stubs: { "nvidia-smi": { "*": smiTable(`Driver Version: 1.2   CUDA Version: ${cuda}`) } },
    backend,
    because: new RegExp(`CUDA ${cuda}`),
  })),
  {
    name: "a driver older than all builds",
    stubs: smi("Driver Version: 470.57.02    CUDA Version: 11.4"),
    backend: "cpu",
    because: /no build of PyTorch runs on this driver/,
  },
  {
    name: "a driver that does not say which CUDA it supports",
    stubs: smi("Driver Version: 550.54.15    CUDA Version: N/A"),
    backend: "cu124",
    because: /driver 550\.54\.15 supports CUDA 12\.4/,
  },
  {
    name: "the same driver number on Windows, where it is older",
    stubs: smi("Driver Version: 550.54.15    CUDA Version: N/A"),
    platform: "windows",
    backend: "cu121",
    because: /supports CUDA 12\.3/,
  },
  {
    name: "a GPU that newer builds have left behind",
    stubs: smi("Driver Version: 580.1  CUDA Version: 13.0", "NVIDIA GeForce GTX 1080, 6.1"),
    backend: "cu126",
    because: /cu130 has no code for NVIDIA GeForce GTX 1080/,
  },
  {
    name: "a GPU that is newer than what its driver's builds know",
    stubs: smi("Driver Version: 560.1  CUDA Version: 12.6", "NVIDIA GeForce RTX 5090, 12.0"),
    backend: "cpu",
    because: /these GPUs/,
  },
  {
    name: "GPUs of two ages",
    stubs: smi("Driver Version: 580.1  CUDA Version: 13.0", "Old, 6.1", "New, 8.9"),
    backend: "cu126",
    because: /Old/,
  },
  {
    name: "nvidia-smi without its driver, beside ROCm",
    stubs: {
      "nvidia-smi": { script: "echo 'NVIDIA-SMI has failed' >&2; exit 9" },
      ...rocm("gfx1100", amdSmi("6.4.0")),
    },
    backend: "rocm6.4",
    because: /NVIDIA-SMI has failed/,
  },
  {
    name: "ROCm whose release amd-smi tells",
    stubs: rocm("gfx1100", amdSmi("6.3.1")),
    backend: "rocm6.3",
    because: /ROCm 6\.3\.1/,
  },
  {
    name: "ROCm whose release hipconfig tells",
    stubs: rocm("gfx90a", { hipconfig: { "--version": "6.2.41133-dd7f95766" } }),
    backend: "rocm6.2",
    because: /ROCm 6\.2/,
  },
  {
    name: "ROCm of a release that nothing tells",
    stubs: rocm("gfx1201"),
    backend: "rocm7.2",
    because: /not known/,
  },
  {
    name: "ROCm with a GPU that no build holds code for",
    stubs: rocm("gfx1036", amdSmi("6.4.0")),
    backend: "cpu",
    because: /no build of PyTorch fits this GPU/,
  },
  {
    name: "ROCm without a GPU",
    stubs: { rocminfo: { "*": agent("AMD EPYC", "CPU") } },
    backend: "cpu",
    because: /lists no GPU/,
  },
  {
    name: "ROCm on Windows, for which there are no builds",
    stubs: rocm("gfx1100", amdSmi("6.4.0")),
    platform: "windows",
    backend: "cpu",
    because: /no driver/,
  },
  {
    name: "an Arc that xpu-smi tells of",
    stubs: {
      "xpu-smi": {
        discovery: "| 0         | Device Name: Intel(R) Arc(TM) A770 Graphics              |",
      },
    },
    backend: "xpu",
    because: /Arc\(TM\) A770 Graphics$/,
  },
  {
    name: "an Arc that sycl-ls tells of",
    stubs: {
      "sycl-ls": {
        "": "[opencl:cpu][opencl:0] Intel(R) OpenCL, Core i9\n" +
          "[level_zero:gpu][level_zero:0] Intel(R) oneAPI Unified Runtime over Level-Zero, Intel(R) Arc(TM) B580 Graphics 20.1",
      },
    },
    backend: "xpu",
    because: /B580/,
  },
  {
    name: "graphics of Intel's that the build leaves out",
    stubs: { "xpu-smi": { discovery: "| 0 | Device Name: Intel(R) UHD Graphics 770 |" } },
    backend: "cpu",
    because: /UHD Graphics 770, which the build leaves out/,
  },
  {
    name: "a driver named by the variable, whatever nvidia-smi says",
    stubs: smi("Driver Version: 580.95.05      CUDA Version: 13.0"),
    env: { COMFYDOCK_CUDA_DRIVER_VERSION: " 560.35.03 " },
    backend: "cu126",
    because: /driver 560\.35\.03/,
  },
  {
    name: "an empty variable",
    stubs: smi("Driver Version: 580.95.05      CUDA Version: 13.0"),
    env: { COMFYDOCK_CUDA_DRIVER_VERSION: "" },
    backend: "cu130",
    because: /580\.95\.05/,
  },
  {
    name: "macOS",
    stubs: smi("Driver Version: 580.95.05      CUDA Version: 13.0"),
    platform: "darwin",
    backend: "cpu",
    because: /MPS/,
  },
];

for (const { name, stubs, env = {}, platform = "linux", backend, because } of cases) {
  Deno.test({
    name: `auto is ${backend} with ${name}`,
    ignore: !posix,
    fn: () =>
      withStubs(stubs, async (path) => {
        const found = await detectTorchBackend(createRunner({ env: path }), { env, platform });
        const evidence = found.evidence.map(({ finding }) => finding).join("\n");
        assert.equal(found.backend, backend, evidence);
        assert.match(evidence, new RegExp(because.source, "m"));
      }),
  });
}

Deno.test("a driver version that is none is refused with the name of its variable", async () => {
  const env = { COMFYDOCK_CUDA_DRIVER_VERSION: "newest" };
  const work = detectTorchBackend(createRunner({ env: {} }), { env, platform: "linux" });
  const error = await work.then(() => undefined, (reason) => reason);
  assert.ok(error instanceof ComfydockError);
  assert.equal(error.code, "TORCH_DRIVER_INVALID");
  assert.equal(error.exit, 2);
  assert.match(error.message, /"newest" of COMFYDOCK_CUDA_DRIVER_VERSION/);
});

Deno.test("every backend that auto can choose is one that a manifest can have", async () => {
  const { kinds } = await readTorchBackends();
  const { cudaBuilds, rocmBuilds, xpu, drivers } = await readTorchKnowledge();
  for (const { name } of [...cudaBuilds, ...rocmBuilds, xpu]) {
    assert.ok(kinds.some(({ pattern }) => pattern.test(name)), name);
  }
  assert.ok(drivers.length > 0);
});

Deno.test({
  name: "detection ends when it is aborted, also while a driver hangs",
  ignore: !posix,
  fn: () =>
    withStubs({ "nvidia-smi": { script: "while :; do :; done" } }, async (path) => {
      const stop = new AbortController();
      const runner = createRunner({ env: path, graceMs: 100 });
      const work = detectTorchBackend(runner, { env: {}, platform: "linux", signal: stop.signal });
      setTimeout(() => stop.abort(), 50);
      const error = await work.then(() => undefined, (reason) => reason);
      assert.equal(error?.code, "INTERRUPTED");
    }),
});
