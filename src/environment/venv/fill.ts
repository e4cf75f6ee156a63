import type { Manifest } from "../../pyproject/mod.ts";
import type { PackageChange, Uv } from "../../tools/mod.ts";
import { type EnvironmentLayout, removeTree } from "../../workspace/mod.ts";
import { readInstalled } from "./installed.ts";
import { readLockPackages } from "./lock_packages.ts";
import { removeStamp, writeStamp } from "./stamp.ts";

/** What a virtual environment is filled from. */
export interface VenvContent {
  readonly manifest: Manifest;
  readonly lockText: string;
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
  { manifest, lockText, suspects = [] }: VenvContent,
): Promise<readonly PackageChange[]> {
  const installed = await readInstalled(venv);
  if (installed) await removeStamp(venv);
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
  await writeStamp(venv, { manifest, lockText });
  return changes;
}
