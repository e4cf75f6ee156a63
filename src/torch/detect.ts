import type { CommandRunner, Environment } from "../tools/mod.ts";
import { readTorchKnowledge } from "./knowledge.ts";
import { findCuda } from "./nvidia.ts";
import { findRocm } from "./rocm.ts";
import type { Findings, TorchDetection, TorchEvidence, TorchPlatform } from "./types.ts";
import { findXpu } from "./xpu.ts";

/** Where a backend is looked for. */
export interface DetectTorchOptions {
  /** Variables, of which `COMFYDOCK_CUDA_DRIVER_VERSION` takes the place of asking nvidia-smi. */
  readonly env: Environment;
  /** By default the system that runs this. */
  readonly platform?: TorchPlatform;
  /** Ends a program that is being asked. */
  readonly signal?: AbortSignal;
}

/**
 * Finds the build of PyTorch that suits this machine, which is what `--torch-backend auto` means.
 *
 * The drivers are asked, NVIDIA's first, then AMD's (on Linux) and Intel's; where none has a build, it is `cpu`. On
 * macOS it is `cpu` too: that name stands for the default index, whose one build there has CPU and Metal.
 *
 * @param runner Runs nvidia-smi, rocminfo, amd-smi, hipconfig, xpu-smi and sycl-ls where they are on PATH.
 * @returns A backend that `setTorchBackend()` takes, and what it was concluded from.
 * @throws `TORCH_DRIVER_INVALID`, `INTERRUPTED`
 */
export async function detectTorchBackend(
  runner: CommandRunner,
  { env, platform = platformHere(), signal }: DetectTorchOptions,
): Promise<TorchDetection> {
  if (platform === "darwin") {
    const finding = "macOS has one build, for CPU and Metal (MPS)";
    return { backend: "cpu", evidence: [{ source: "system", finding }] };
  }
  const knowledge = await readTorchKnowledge();
  const searches: readonly (() => Promise<Findings | undefined>)[] = [
    () => findCuda(runner, knowledge, { env, platform, signal }),
    ...(platform === "linux" ? [() => findRocm(runner, knowledge, signal)] : []),
    () => findXpu(runner, knowledge, signal),
  ];
  const evidence: TorchEvidence[] = [];
  for (const search of searches) {
    const found = await search();
    evidence.push(...found?.evidence ?? []);
    if (found?.backend) return { backend: found.backend, evidence };
  }
  const finding = evidence.length > 0 ? "no GPU with a build" : "no driver of a GPU was found";
  return { backend: "cpu", evidence: [...evidence, { source: "system", finding }] };
}

function platformHere(): TorchPlatform {
  const { os } = Deno.build;
  return os === "darwin" || os === "windows" ? os : "linux";
}
