import { join } from "node:path";
import { writeFileAtomic } from "../../base/mod.ts";
import { normalizePackageName } from "../../pyproject/mod.ts";
import { ProcessError, type Uv } from "../../tools/mod.ts";
import type { EnvironmentLayout } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { venvPython } from "../venv/mod.ts";
import type { RestoredWheel, RestoredWheels } from "./restored_wheels.ts";
import { recordOrigins } from "./wheel_origins.ts";

/**
 * Installs the packages of the lock that came along as wheels; what else the lock names is left to a sync.
 *
 * With a network, wheels that cannot be installed here are told and left to the sync, too.
 *
 * @throws what uv throws
 */
export async function installRestored(
  { offline, report }: EnvironmentWorld,
  uv: Uv,
  { cec, venv }: EnvironmentLayout,
  { wheels: { directory, fitting }, python }: {
    readonly wheels: RestoredWheels;
    readonly python: string;
  },
): Promise<void> {
  const there = fitting(python);
  const locked = await uv.exportRequirements({ directory: cec, environment: venv }, {
    hashes: false,
  });
  const lines = locked.split("\n").flatMap((line) => requirementOf(line, there) ?? []);
  if (lines.length === 0) return;
  const requirements = join(directory, "requirements.txt");
  await writeFileAtomic(requirements, `${lines.join("\n")}\n`);
  try {
    await uv.installWheels({ directory, requirements, python: venvPython(venv) });
    await recordOrigins(venv, there);
  } catch (error) {
    if (offline || !(error instanceof ProcessError)) throw error;
    const message = `Packages that came along do not fit here and are fetched: ${error.message}`;
    report.emit({ kind: "warned", code: error.code, message });
  }
}

/** A line of the exported lock as it is installed from a directory: what has an address there has a version here. */
function requirementOf(
  line: string,
  wheels: ReadonlyMap<string, RestoredWheel>,
): string | undefined {
  const [, name = "", version, marker = ""] =
    /^([\w.-]+)(?:\[[^\]]*\])?(?:==([^\s;]+)| @ \S+)(\s*;.*)?$/.exec(line.trimEnd()) ?? [];
  const wheel = wheels.get(normalizePackageName(name));
  if (!wheel || (version === undefined && !wheel.origin)) return undefined;
  return `${name}==${version ?? wheel.version}${marker}`;
}
