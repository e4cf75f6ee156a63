import { ComfydockError } from "../../base/mod.ts";
import { choosePython, isSupportedPython, type SupportedPython } from "../../comfyui/mod.ts";
import type { InstalledPython, Uv } from "../../tools/mod.ts";
import { environmentErrors } from "../errors.ts";
import type { EnvironmentWorld } from "../types.ts";

/** The Python of a new environment. */
export interface EnvironmentPython {
  /** As it is recorded, such as `3.12`. */
  readonly version: string;
  /** The interpreter. */
  readonly path: string;
}

/** Where a version counts as known, however new. */
const FAR_FUTURE = "3.99";

/**
 * Finds the Python of a new environment: the wanted one, else the newest installed one that ComfyUI supports, else one
 * that uv fetches.
 *
 * @param installed The Pythons on this machine.
 * @throws `PYTHON_UNSUITABLE`, `PYTHON_MISSING`
 */
export async function findEnvironmentPython(
  world: EnvironmentWorld,
  uv: Uv,
  installed: readonly InstalledPython[],
  wanted: string | undefined,
  supported: SupportedPython,
): Promise<EnvironmentPython> {
  if (wanted === undefined) {
    const chosen = choosePython(installed, supported);
    const path = chosen.installed?.path ?? await uv.requirePython(chosen.version);
    return { version: chosen.version, path };
  }
  if (!isSupportedPython(wanted, { ...supported, newest: FAR_FUTURE })) {
    throw new ComfydockError(
      environmentErrors.PYTHON_UNSUITABLE,
      `Cannot use Python ${wanted}: this ComfyUI needs ${supported.requires}`,
      { hint: `Name another one, such as --python ${supported.fallback}`, details: { wanted } },
    );
  }
  if (!isSupportedPython(wanted, supported)) {
    world.report.emit({
      kind: "warned",
      code: environmentErrors.PYTHON_UNSUITABLE.code,
      message: `Python ${wanted} is newer than ${supported.newest}, which ComfyUI supports well`,
    });
  }
  const found = installed.find(({ version, implementation, variant }) =>
    implementation === "cpython" && variant === undefined &&
    (version === wanted || version.startsWith(`${wanted}.`))
  );
  return { version: wanted, path: found?.path ?? await uv.requirePython(wanted) };
}
