import type { CommandRunner } from "../tools/mod.ts";
import { ask } from "./ask.ts";
import type { TorchKnowledge } from "./knowledge.ts";
import type { Findings, TorchEvidence } from "./types.ts";
import { compareNumbers } from "./version.ts";

const PROGRAM = "rocminfo";

// rocminfo does not tell the release; these do, whichever of them is installed.
const VERSION_PROGRAMS: readonly {
  readonly program: string;
  readonly args: readonly string[];
  readonly pattern: RegExp;
}[] = [
  { program: "amd-smi", args: ["version"], pattern: /ROCm version:\s*(\d+\.\d+(?:\.\d+)?)/i },
  { program: "hipconfig", args: ["--version"], pattern: /^\s*(\d+\.\d+)\.\d+/m },
];

/** Looks for ROCm and chooses the build for it; `undefined` when there is none. */
export async function findRocm(
  runner: CommandRunner,
  { rocmBuilds }: TorchKnowledge,
  signal?: AbortSignal,
): Promise<Findings | undefined> {
  const answer = await ask(runner, PROGRAM, [], signal);
  if (answer.status === "absent") return undefined;
  if (answer.status === "failed") return { evidence: [{ source: PROGRAM, finding: answer.why }] };
  const gpus = parseRocminfo(answer.text);
  if (gpus.length === 0) return { evidence: [{ source: PROGRAM, finding: "it lists no GPU" }] };
  const evidence: TorchEvidence[] = [{ source: PROGRAM, finding: `GPU ${gpus.join(", ")}` }];
  const version = await findVersion(runner, signal);
  evidence.push({
    source: version?.source ?? PROGRAM,
    finding: version ? `ROCm ${version.rocm} is installed` : "the release of ROCm is not known",
  });
  // PyTorch brings its own ROCm, so a release that is not known is no obstacle.
  const build = rocmBuilds
    .filter(({ rocm }) => !version || compareNumbers(rocm, version.rocm) <= 0)
    .filter((candidate) => gpus.some((gpu) => candidate.gpus.includes(gpu)))
    .sort((a, b) => compareNumbers(b.rocm, a.rocm))[0];
  if (!build) {
    evidence.push({ source: PROGRAM, finding: "no build of PyTorch fits this GPU and ROCm" });
  }
  return { backend: build?.name, evidence };
}

/** Reads the architectures of the GPUs, such as `gfx1100`, from rocminfo; the agents that are processors are left out. */
export function parseRocminfo(output: string): readonly string[] {
  const agents = output.split(/^\*+\s*\n\s*Agent \d+/m).slice(1);
  const gpus = agents.filter((agent) => /^\s*Device Type:\s*GPU\s*$/m.test(agent))
    .map((agent) => /^\s*Name:\s*(gfx[0-9a-f]+)\s*$/m.exec(agent)?.[1]);
  return [...new Set(gpus.filter((gpu) => gpu !== undefined))];
}

async function findVersion(
  runner: CommandRunner,
  signal?: AbortSignal,
): Promise<{ readonly source: string; readonly rocm: string } | undefined> {
  for (const { program, args, pattern } of VERSION_PROGRAMS) {
    const answer = await ask(runner, program, args, signal);
    const rocm = answer.status === "said" ? pattern.exec(answer.text)?.[1] : undefined;
    if (rocm) return { source: program, rocm };
  }
  return undefined;
}
