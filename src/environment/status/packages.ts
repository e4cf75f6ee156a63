import { join } from "node:path";
import { ComfydockError, readTextBounded } from "../../base/mod.ts";
import { type PackageChange, toolErrors } from "../../tools/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import { isFilledFrom, isStampOf, type PackageVersions, venvPython } from "../venv/mod.ts";
import type { Difference, DifferenceKind, StatusFacts } from "./types.ts";

/** Looks whether the lock fits the manifest, and `.venv` the lock; uv is asked only when that is not known. */
export async function inspectPackages(facts: StatusFacts): Promise<readonly Difference[]> {
  const { world: { environment: { name } }, installed } = facts;
  const lock = await inspectLock(facts);
  const sync = `comfydock sync --env ${name}`;
  if (installed === undefined) {
    return [...lock, { kind: "venv_missing", subject: ".venv", severity: "error", settle: sync }];
  }
  const python = await inspectPython(facts);
  // Against a lock that does not hold there is nothing to compare.
  if (lock.length > 0) return [...lock, ...python];
  return [...python, ...await comparePackages(facts, installed, sync)];
}

async function inspectLock(
  { world, state, stamp, installed }: StatusFacts,
): Promise<readonly Difference[]> {
  const { name, cec, venv } = world.environment;
  const found = (kind: DifferenceKind): readonly Difference[] => [
    { kind, subject: "uv.lock", severity: "error", settle: `comfydock lock --env ${name}` },
  ];
  if (state.lockText === undefined) return found("lock_missing");
  if (isStampOf(stamp, state.manifest, state.lockText)) return [];
  try {
    // A lock that holds is confirmed without the network; one that does not is stale, whatever else uv then misses.
    const uv = await world.uv({ offline: true });
    const python = installed && venvPython(venv);
    await uv.lock({ directory: cec, environment: venv, python }, { check: true });
    return [];
  } catch (error) {
    const { LOCK_OUTDATED, UV_INPUT_INVALID, UV_MISSING } = toolErrors;
    if (!(error instanceof ComfydockError) || error.code === UV_MISSING.code) throw error;
    if (error.code === UV_INPUT_INVALID.code) return found("lock_damaged");
    const stale = error.code === LOCK_OUTDATED.code || /^(PACKAGE|PYTHON)_/.test(error.code);
    if (!stale) throw error;
    return found("lock_stale");
  }
}

async function inspectPython({ world, state }: StatusFacts): Promise<readonly Difference[]> {
  const { venv, name } = world.environment;
  const expected = state.manifest.environment.pythonVersion;
  const path = join(venv, "pyvenv.cfg");
  if (expected === undefined || !await lookAt(path)) return [];
  const config = await readTextBounded(path, 100_000);
  const found = /^version(?:_info)?\s*=\s*(\d+(?:\.\d+)*)/m.exec(config)?.[1];
  if (found === undefined || found === expected || found.startsWith(`${expected}.`)) return [];
  const settle = `comfydock repair --env ${name}`;
  return [{
    kind: "python_version",
    subject: "Python",
    expected,
    found,
    severity: "error",
    settle,
  }];
}

async function comparePackages(
  { world, state, stamp }: StatusFacts,
  installed: PackageVersions,
  settle: string,
): Promise<readonly Difference[]> {
  if (isFilledFrom(stamp, state.lockText)) {
    return diffPackages(stamp.packages, installed, settle);
  }
  const { cec, venv } = world.environment;
  const uv = await world.uv();
  const changes = await uv.sync({ directory: cec, environment: venv }, {
    lock: "frozen",
    dryRun: true,
  });
  return diffPackages(afterChanges(installed, changes), installed, settle);
}

function afterChanges(
  installed: PackageVersions,
  changes: readonly PackageChange[],
): PackageVersions {
  const result: Record<string, string> = { ...installed };
  for (const { name } of changes.filter(({ action }) => action === "removed")) delete result[name];
  for (const { action, name, version } of changes) {
    if (action !== "removed") result[name] = version;
  }
  return result;
}

/** Compares what should be installed with what is. */
export function diffPackages(
  expected: PackageVersions,
  installed: PackageVersions,
  settle: string,
): readonly Difference[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(installed)])].sort();
  return names.flatMap((subject) => {
    const [wanted, found] = [expected[subject], installed[subject]];
    if (wanted === found) return [];
    const kind = found === undefined
      ? "package_missing"
      : wanted === undefined
      ? "package_extra"
      : "package_version";
    return [{ kind, subject, expected: wanted, found, severity: "error", settle } as const];
  });
}
