import type { CommandRunner } from "../tools/mod.ts";
import { ask } from "./ask.ts";
import type { TorchKnowledge } from "./knowledge.ts";
import type { Findings } from "./types.ts";

// Each names GPUs and their driver; one of them suffices.
const PROGRAMS: readonly {
  readonly program: string;
  readonly args: readonly string[];
  readonly gpu: RegExp;
}[] = [
  { program: "xpu-smi", args: ["discovery"], gpu: /Device Name:\s*([^|\n]+?)\s*(?:\||$)/gm },
  { program: "sycl-ls", args: [], gpu: /^\[level_zero:gpu\].*?,\s*(Intel.+?)\s*$/gm },
];

/** Looks for a GPU of Intel's that the xpu build supports; `undefined` when nothing tells of one. */
export async function findXpu(
  runner: CommandRunner,
  { xpu }: TorchKnowledge,
  signal?: AbortSignal,
): Promise<Findings | undefined> {
  for (const { program, args, gpu } of PROGRAMS) {
    const answer = await ask(runner, program, args, signal);
    if (answer.status !== "said") continue;
    const names = [...answer.text.matchAll(gpu)].map(([, name = ""]) => name);
    if (names.length === 0) continue;
    const supported = names.find((name) => xpu.gpus.test(name));
    const finding = supported ? `GPU ${supported}` : `GPU ${names[0]}, which the build leaves out`;
    return { backend: supported && xpu.name, evidence: [{ source: program, finding }] };
  }
  return undefined;
}
