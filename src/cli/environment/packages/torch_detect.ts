import { detectTorchBackend, type TorchDetection } from "../../../torch/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { createRunner } from "../../../tools/mod.ts";

/** Asks the drivers which build of PyTorch suits this machine; no workspace is needed. */
export async function run(
  _input: CommandInput,
  { env, signal }: CommandContext,
): Promise<Outcome<TorchDetection>> {
  return { data: await detectTorchBackend(createRunner({ env }), { env, signal }) };
}

/** The backend, and what it was concluded from. */
export function view({ backend, evidence }: TorchDetection, style: Style): string[] {
  return [
    style.bold(backend),
    ...evidence.map(({ source, finding }) => style.dim(`  ${source}: ${finding}`)),
  ];
}
