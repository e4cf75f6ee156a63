import { baseErrors, ComfydockError, fileError, isKind, temporaryBeside } from "../../base/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import type { PackageChange, Uv } from "../../tools/mod.ts";
import { type EnvironmentLayout, removeTree } from "../../workspace/mod.ts";
import { hasHalfInstalled, readInstalled, venvPython } from "./installed.ts";
import { readLockPackages } from "./lock_packages.ts";
import { removeStamp, writeStamp } from "./stamp.ts";

/** What a virtual environment is filled from. */
export interface VenvContent {
  readonly manifest: Manifest;
  readonly lockText: string;
  /** Whether the lock is known to fit the manifest; otherwise uv is asked afterwards. */
  readonly verified?: boolean;
  /** Packages that may be half there, by name; they are installed anew. */
  readonly suspects?: readonly string[];
}

/**
 * Brings `.venv` to what the lock on disk says, making it when it is missing or broken.
 *
 * @param uv Does the work.
 * @param content The manifest and the lock as they are on disk.
 * @returns What changed.
 * @throws what uv throws, such as `PYTHON_MISSING`, `PACKAGE_NOT_CACHED`, `INDEX_UNREACHABLE`
 */
export async function fillVenv(
  uv: Uv,
  { cec, venv, name }: EnvironmentLayout,
  { manifest, lockText, verified = false, suspects = [] }: VenvContent,
): Promise<readonly PackageChange[]> {
  if (await readInstalled(venv) && !await hasHalfInstalled(venv)) await removeStamp(venv);
  else {
    const python = await uv.requirePython(manifest.environment.pythonVersion ?? "3");
    await removeTree(venv);
    await uv.createVenv(venv, { python, prompt: name, relocatable: true });
  }
  const locked = readLockPackages(lockText);
  const changes = await uv.sync({ directory: cec, environment: venv }, {
    lock: "frozen",
    reinstall: suspects.filter((suspect) => locked.has(suspect)),
  });
  await writeStamp(venv, {
    manifest,
    lockText,
    verified: verified || await isLockFitting(uv, cec, venv),
  });
  return changes;
}

/**
 * Makes `.venv` anew from the lock on disk, beside the old one, which is there until the new one is whole.
 *
 * @throws what uv throws; the old one is then as it was
 */
export async function renewVenv(
  uv: Uv,
  environment: EnvironmentLayout,
  content: VenvContent,
): Promise<void> {
  const venv = temporaryBeside(environment.venv);
  try {
    await fillVenv(uv, { ...environment, venv }, content);
    await removeTree(environment.venv);
    await Deno.rename(venv, environment.venv);
  } catch (error) {
    await removeTree(venv);
    throw fileError("Cannot write", environment.venv, error);
  }
}

/** Whether uv says that the lock on disk fits the manifest beside it; asked with the Python of a `.venv`. */
export async function isLockFitting(uv: Uv, cec: string, venv: string): Promise<boolean> {
  try {
    await uv.lock({ directory: cec, environment: venv, python: venvPython(venv) }, { check: true });
    return true;
  } catch (error) {
    // Whatever keeps uv from saying yes: the packages are there, and a later sync looks again.
    if (error instanceof ComfydockError && !isKind(error, baseErrors.INTERRUPTED)) return false;
    throw error;
  }
}
