import { type ComfyUISource, readComfyUISource } from "../../comfyui/mod.ts";
import { configValue } from "../../workspace/mod.ts";
import type { CommandContext } from "../types.ts";
import type { CommandEnvironment } from "./world.ts";

/** The build of PyTorch where nothing else says one: that of the settings, or the one that suits this machine. */
export async function suitableTorch(
  place: CommandEnvironment,
  context: CommandContext,
): Promise<string> {
  const wanted = configValue(place.config, "torch_backend")?.toString();
  return wanted === undefined || wanted === "auto" ? await detectedTorch(place, context) : wanted;
}

/** The build of PyTorch that suits this machine. */
export async function detectedTorch(
  { world }: CommandEnvironment,
  { env, signal }: CommandContext,
): Promise<string> {
  const { detectTorchBackend } = await import("../../torch/mod.ts");
  return (await detectTorchBackend(world.runner, { env, signal })).backend;
}

/** Where ComfyUI comes from by the settings; nothing where they do not say. */
export async function configuredComfyUI(
  { config }: CommandEnvironment,
): Promise<ComfyUISource | undefined> {
  const source = configValue(config, "comfyui_source")?.toString();
  return source === undefined ? undefined : await readComfyUISource(source, Deno.cwd());
}
