import { ComfydockError } from "../../base/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import { toolErrors } from "../../tools/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import { hasRepository } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { isStampOf, readStamp, venvPython } from "../venv/mod.ts";
import { groupOwners, readComfyUIRequirements } from "./owners.ts";

/** What a resolution starts from. */
export interface ResolutionRequest {
  readonly manifestText: string;
  /** The manifest that the text holds. */
  readonly manifest: Manifest;
  /** The environment as it is; its locked versions are kept where they still fit. */
  readonly before: Pick<EnvironmentState, "lockText">;
  /** Every package, or those named, may take a newer version. */
  readonly upgrade?: true | readonly string[];
  /** `renew` (the default) resolves anew where needed, `locked` refuses that, `frozen` does not look. */
  readonly lock?: "renew" | "locked" | "frozen";
  /** What ComfyUI asks for, to tell whose requirement is whose; by default its working copy says it. */
  readonly comfyuiRequirements?: readonly string[];
}

/**
 * Gives the text of the lock that belongs to a manifest; nothing of the environment is touched.
 *
 * No program is started where manifest and lock are the pair that `.venv` was filled from.
 *
 * @throws `PACKAGE_CONFLICT` and what else uv finds, told by whom it is; `LOCK_OUTDATED`
 */
export async function resolveManifest(
  world: EnvironmentWorld,
  request: ResolutionRequest,
): Promise<string> {
  const { manifest, manifestText, before: { lockText }, upgrade, lock = "renew" } = request;
  const { cec, venv } = world.environment;
  if (lock === "frozen") return lockText ?? refuseOutdated("there is none");
  if (upgrade === undefined && isStampOf(await readStamp(venv), manifest, lockText)) {
    return lockText!;
  }
  if (lock === "locked" && lockText === undefined) refuseOutdated("there is none");
  const python = await lookAt(venvPython(venv))
    ? venvPython(venv)
    : manifest.environment.pythonVersion;
  const asked = request.comfyuiRequirements ??
    await readComfyUIRequirements(world.environment.comfyui);
  const uv = await world.uv({ owners: groupOwners(manifest, asked) });
  const trial = { directory: cec, manifest: manifestText, lock: lockText, python };
  const id = "resolve";
  world.report.emit({ kind: "started", id, label: "Resolving packages" });
  try {
    const resolved = await uv.tryResolution(trial, { upgrade }).catch(async (error) => {
      if (lock === "locked" || !isDamagedLock(error)) throw error;
      warnOfDamage(world);
      return await uv.tryResolution({ ...trial, lock: await committedLock(world, lockText) });
    });
    if (lock === "locked" && resolved !== lockText) {
      refuseOutdated("it does not fit pyproject.toml");
    }
    return resolved;
  } finally {
    world.report.emit({ kind: "finished", id });
  }
}

function refuseOutdated(why: string): never {
  throw new ComfydockError(toolErrors.LOCK_OUTDATED, `Cannot use uv.lock: ${why}`, {
    hint: "Run comfydock lock",
  });
}

function isDamagedLock(error: unknown): boolean {
  return error instanceof ComfydockError && error.code === toolErrors.UV_INPUT_INVALID.code &&
    JSON.stringify([error.message, error.details.stderr]).includes("uv.lock");
}

function warnOfDamage({ report }: EnvironmentWorld): void {
  report.emit({
    kind: "warned",
    code: toolErrors.UV_INPUT_INVALID.code,
    message: "uv.lock could not be read; it is made anew from the last commit's",
  });
}

async function committedLock(
  { git, environment: { cec } }: EnvironmentWorld,
  damaged: string | undefined,
): Promise<string | undefined> {
  if (!await hasRepository(cec)) return undefined;
  const bytes = await git.readFile(cec, "HEAD", "uv.lock");
  const text = bytes && new TextDecoder().decode(bytes);
  return text === damaged ? undefined : text;
}
