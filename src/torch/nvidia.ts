import { ComfydockError } from "../base/mod.ts";
import type { CommandRunner, Environment } from "../tools/mod.ts";
import { ask } from "./ask.ts";
import { torchErrors } from "./errors.ts";
import type { CudaBuild, TorchKnowledge } from "./knowledge.ts";
import type { Findings, TorchEvidence, TorchPlatform } from "./types.ts";
import { compareNumbers, parseNumbers } from "./version.ts";

/** Takes the place of the driver's version that nvidia-smi tells. */
export const DRIVER_VARIABLE = "COMFYDOCK_CUDA_DRIVER_VERSION";

const PROGRAM = "nvidia-smi";

/** What nvidia-smi says about the machine. */
export interface NvidiaDriver {
  readonly driver?: string;
  /** The newest CUDA that the driver supports. */
  readonly cuda?: string;
}

/** A GPU of NVIDIA's. */
export interface NvidiaGpu {
  readonly name: string;
  /** Compute capability, such as `8.9`. */
  readonly capability: string;
}

/** Looks for a driver of NVIDIA's and chooses the build for it; `undefined` when there is none. */
export async function findCuda(
  runner: CommandRunner,
  knowledge: TorchKnowledge,
  where: { env: Environment; platform: TorchPlatform; signal?: AbortSignal },
): Promise<Findings | undefined> {
  const { env, platform, signal } = where;
  const wanted = env[DRIVER_VARIABLE]?.trim();
  if (wanted) {
    const cuda = cudaOfDriver(knowledge, platform, requireDriver(wanted));
    return choose(knowledge, { driver: wanted, cuda }, [], DRIVER_VARIABLE);
  }
  const answer = await ask(runner, PROGRAM, [], signal);
  if (answer.status === "absent") return undefined;
  if (answer.status === "failed") return { evidence: [{ source: PROGRAM, finding: answer.why }] };
  const found = parseNvidiaSmi(answer.text);
  const cuda = found.cuda ?? (found.driver && cudaOfDriver(knowledge, platform, found.driver));
  const query = ["--query-gpu=name,compute_cap", "--format=csv,noheader"];
  const listed = await ask(runner, PROGRAM, query, signal);
  const gpus = listed.status === "said" ? parseNvidiaGpus(listed.text) : [];
  return choose(knowledge, { ...found, cuda }, gpus, PROGRAM);
}

/** Reads the table of nvidia-smi; since driver 590 it says `KMD Version` and `CUDA UMD Version`. */
export function parseNvidiaSmi(output: string): NvidiaDriver {
  return {
    driver: /\b(?:Driver|KMD) Version\s*:\s*(\d+(?:\.\d+)+)/.exec(output)?.[1],
    cuda: /\bCUDA(?: UMD)? Version\s*:\s*(\d+\.\d+)/.exec(output)?.[1],
  };
}

/** Reads lines such as `NVIDIA GeForce RTX 4090, 8.9`; older drivers do not know the question. */
export function parseNvidiaGpus(output: string): readonly NvidiaGpu[] {
  return [...output.matchAll(/^(\S.*), *(\d{1,2}\.\d)\s*$/gm)]
    .map(([, name = "", capability = ""]) => ({ name, capability }));
}

/** The newest CUDA that a driver of this version came with. */
export function cudaOfDriver(
  { drivers }: TorchKnowledge,
  platform: TorchPlatform,
  driver: string,
): string | undefined {
  const least = (item: TorchKnowledge["drivers"][number]) =>
    platform === "windows" ? item.windows : item.linux;
  return drivers.filter((item) => compareNumbers(least(item), driver) <= 0)
    .sort((a, b) => compareNumbers(b.cuda, a.cuda))[0]?.cuda;
}

function requireDriver(text: string): string {
  if (parseNumbers(text)) return text;
  throw new ComfydockError(
    torchErrors.TORCH_DRIVER_INVALID,
    `Cannot use the driver version "${text}" of ${DRIVER_VARIABLE}`,
    { hint: `Set ${DRIVER_VARIABLE} to a version such as 550.54.14, or unset it` },
  );
}

function choose(
  { cudaBuilds }: TorchKnowledge,
  { driver, cuda }: NvidiaDriver,
  gpus: readonly NvidiaGpu[],
  source: string,
): Findings {
  const evidence: TorchEvidence[] = gpus.map(({ name, capability }) => ({
    source,
    finding: `GPU ${name} with compute capability ${capability}`,
  }));
  const note = (finding: string) => evidence.push({ source, finding });
  if (cuda === undefined) {
    note(driver ? `driver ${driver} is too old for any build` : "it names no driver");
    return { evidence };
  }
  note(`driver ${driver ?? "of unknown version"} supports CUDA ${cuda}`);
  const runnable = cudaBuilds.filter((build) => compareNumbers(build.cuda, cuda) <= 0)
    .sort((a, b) => compareNumbers(b.cuda, a.cuda));
  const build = bestFor(runnable, gpus);
  if (!build) note("no build of PyTorch runs on this driver and these GPUs");
  else if (build !== runnable[0]) {
    const left = gpus.find((gpu) => !runs(runnable[0]!, gpu));
    note(`${runnable[0]?.name} has no code for ${left?.name}, ${build.name} has`);
  }
  return { backend: build?.name, evidence };
}

// The build that most GPUs can run; among equals the newest, which comes first.
function bestFor(
  builds: readonly CudaBuild[],
  gpus: readonly NvidiaGpu[],
): CudaBuild | undefined {
  const count = (build: CudaBuild) => gpus.filter((gpu) => runs(build, gpu)).length;
  const most = Math.max(0, ...builds.map(count));
  return gpus.length > 0 && most === 0 ? undefined : builds.find((build) => count(build) === most);
}

function runs({ oldestGpu, newestGpu }: CudaBuild, { capability }: NvidiaGpu): boolean {
  return compareNumbers(capability, oldestGpu) >= 0 &&
    (newestGpu === undefined || major(capability) <= major(newestGpu));
}

// Code for one capability runs on the later ones of its major number.
function major(capability: string): number {
  return parseNumbers(capability)?.[0] ?? 0;
}
