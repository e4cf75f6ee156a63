import { type ComfyUISource, readComfyUISource } from "../../comfyui/mod.ts";
import type { TorchDetection } from "../../torch/mod.ts";
import { configValue } from "../../workspace/mod.ts";
import type { OpenedEnvironment } from "../environment/mod.ts";
import type { Session } from "../types.ts";

/** The build of PyTorch where nothing else says one: that of the settings, or the one that suits this machine. */
export async function suitableTorch(
  place: OpenedEnvironment,
  session: Session,
): Promise<string> {
  const wanted = configValue(place.config, "torch_backend")?.toString();
  return wanted === undefined || wanted === "auto" ? await detectedTorch(place, session) : wanted;
}

/** The build of PyTorch that suits this machine. */
export async function detectedTorch(place: OpenedEnvironment, session: Session): Promise<string> {
  return (await detectSuitable(place, session)).backend;
}

/** The build of PyTorch that suits this machine, and what tells so. */
export async function detectSuitable(
  { world }: OpenedEnvironment,
  { env, signal }: Session,
): Promise<TorchDetection> {
  const { detectTorchBackend } = await import("../../torch/mod.ts");
  return await detectTorchBackend(world.runner, { env, signal });
}

/** Where ComfyUI comes from by the settings; nothing where they do not say. */
export async function configuredComfyUI(
  { config }: OpenedEnvironment,
): Promise<ComfyUISource | undefined> {
  const source = configValue(config, "comfyui_source")?.toString();
  return source === undefined ? undefined : await readComfyUISource(source, Deno.cwd());
}
