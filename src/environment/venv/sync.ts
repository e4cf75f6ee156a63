import { counted } from "../../base/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import type { PackageChange } from "../../tools/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { VENV_NOTE } from "../notes.ts";
import type { EnvironmentWorld } from "../types.ts";
import { fillVenv, type VenvContent } from "./fill.ts";
import { type PackageVersions, readInstalled } from "./installed.ts";
import { readLockPackages } from "./lock_packages.ts";
import { isFilledFrom, isStampOf, readStamp, samePackages, writeStamp } from "./stamp.ts";
import { traceVenv } from "./traces.ts";

/**
 * Whether `.venv` holds just what a manifest and a lock say, as far as that is known without asking uv.
 *
 * @param venv Its path.
 */
export async function isVenvCurrent(
  venv: string,
  { manifest, lockText }: { readonly manifest: Manifest; readonly lockText?: string },
): Promise<boolean> {
  const stamp = await readStamp(venv);
  if (!stamp || !isStampOf(stamp, manifest, lockText)) return false;
  const installed = await readInstalled(venv);
  return installed !== undefined && samePackages(installed, stamp.packages);
}

/**
 * Brings `.venv` to what the manifest and the lock on disk say, if it differs, as a part of a transaction.
 *
 * @param content The manifest and the lock as they are on disk.
 * @returns What changed.
 * @throws what uv throws; the transaction then fills `.venv` from the lock as it was
 */
export async function syncVenv(
  world: EnvironmentWorld,
  transaction: Transaction,
  content: VenvContent,
): Promise<readonly PackageChange[]> {
  const { environment, checkpoints, report } = world;
  const { venv } = environment;
  const [stamp, installed] = await Promise.all([readStamp(venv), readInstalled(venv)]);
  const { manifest, lockText, verified = false } = content;
  if (installed && isFilledFrom(stamp, lockText) && samePackages(installed, stamp.packages)) {
    const known = isStampOf(stamp, manifest, lockText);
    if (verified && !known) await writeStamp(venv, { manifest, lockText, verified });
    return [];
  }
  await transaction.note(VENV_NOTE, {
    environment: environment.name,
    existed: installed !== undefined,
    suspects: suspectsOf(installed ?? {}, content.lockText),
    traces: await traceVenv(venv),
  });
  checkpoints.reach("environment:venv-noted");
  const id = "sync";
  report.emit({ kind: "started", id, label: "Installing packages" });
  let summary = "failed";
  try {
    const changes = await fillVenv(await world.uv(), environment, content);
    summary = changes.length === 0
      ? "nothing to do"
      : `${counted(changes.length, "package")} changed`;
    checkpoints.reach("environment:venv-filled");
    return changes;
  } finally {
    report.emit({ kind: "finished", id, summary });
  }
}

/** The packages that are about to change: when uv is killed among them, they may be half there. */
function suspectsOf(installed: PackageVersions, lockText: string): readonly string[] {
  const locked = readLockPackages(lockText);
  const names = new Set([...Object.keys(installed), ...locked.keys()]);
  return [...names].filter((name) => !locked.get(name)?.includes(installed[name] ?? "")).sort();
}
