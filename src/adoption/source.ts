import { isAbsolute } from "node:path";
import { isKind } from "../base/mod.ts";
import {
  comfyuiErrors,
  type ComfyUISource,
  obtainComfyUI,
  readComfyUISource,
  readDefaultComfyUIUrl,
} from "../comfyui/mod.ts";
import { comfyuiWorld, type EnvironmentWorld } from "../environment/mod.ts";
import { withoutCredentials } from "../environment/takeover/mod.ts";
import { isObjectId } from "../tools/mod.ts";
import { lookAt } from "../workspace/mod.ts";
import type { Survey } from "./survey.ts";

/** The command that adopts, for whoever must wait and for what it leaves. */
export const COMMAND = "adopt";

/** Where the commit is had: a mirror that has it, the install itself, or where that came from. */
export async function chooseSource(
  world: EnvironmentWorld,
  { install: { source }, copy }: Survey,
): Promise<ComfyUISource> {
  const address = copy?.repository;
  const isUsable = address !== undefined && (!isAbsolute(address) || await lookAt(address));
  const origin = await readComfyUISource(
    isUsable ? withoutCredentials(address) : await readDefaultComfyUIUrl(),
    Deno.cwd(),
  );
  if (source === undefined || copy?.commit === undefined) return origin;
  const surroundings = { ...comfyuiWorld(world, COMMAND), offline: true };
  try {
    await obtainComfyUI(surroundings, origin, copy.commit);
    return origin;
  } catch (error) {
    if (!isKind(error, comfyuiErrors.COMFYUI_NOT_MIRRORED)) throw error;
  }
  // From a history that was cut off, git fetches nothing.
  if (copy.shallow) return origin;
  const here = await readComfyUISource(source, Deno.cwd());
  return isUsable ? { ...here, publicUrl: origin.publicUrl } : here;
}

/** The release that a commit is, so that it is recorded by its name; else the commit. */
export async function releaseOf(
  world: EnvironmentWorld,
  source: ComfyUISource,
  { version }: Survey,
  wanted: string,
): Promise<string> {
  if (version === undefined || !isObjectId(wanted)) return wanted;
  const surroundings = comfyuiWorld(world, COMMAND);
  await obtainComfyUI(surroundings, source, wanted);
  const release = `v${version}`;
  try {
    const found = await obtainComfyUI({ ...surroundings, offline: true }, source, release);
    return found.commit === wanted ? release : wanted;
  } catch (error) {
    const { COMFYUI_NOT_MIRRORED, COMFYUI_VERSION_NOT_FOUND } = comfyuiErrors;
    const unknown = [COMFYUI_NOT_MIRRORED, COMFYUI_VERSION_NOT_FOUND];
    if (unknown.some((kind) => isKind(error, kind))) return wanted;
    throw error;
  }
}
