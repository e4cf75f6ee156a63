import type { EnvironmentWorld } from "../../environment/mod.ts";
import type { CommandContext } from "../types.ts";

/** The build of PyTorch that suits this machine. */
export async function suitableTorch(
  { runner }: EnvironmentWorld,
  { env, signal }: CommandContext,
): Promise<string> {
  const { detectTorchBackend } = await import("../../torch/mod.ts");
  return (await detectTorchBackend(runner, { env, signal })).backend;
}
