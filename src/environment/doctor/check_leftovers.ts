import { join } from "node:path";
import { readProcessMark } from "../../tools/mod.ts";
import { environmentLayout, listEnvironments } from "../../workspace/reading/mod.ts";
import { toFinding } from "./to_finding.ts";
import type { DoctorWorld, Finding } from "./types.ts";

/** What is being written beside its target, with the number of the process that writes it. */
const TEMPORARY = /^\..+\.(\d+)-[0-9a-f]{8}\.tmp$/;

/** Looks for what killed processes were still writing: temporary files and scratch directories. */
export async function checkLeftovers(world: DoctorWorld): Promise<readonly Finding[]> {
  try {
    const found: Finding[] = [];
    for (const directory of await places(world)) {
      for (const name of await namesIn(directory)) {
        const pid = Number(TEMPORARY.exec(name)?.[1] ?? 0);
        if (pid === 0 || await readProcessMark(pid, world.runner) !== undefined) continue;
        const path = join(directory, name);
        found.push({
          check: "leftovers",
          severity: "warning",
          message: `"${path}" is what a process that is gone was still writing`,
          hint: "Run comfydock doctor --fix",
          fix: { kind: "remove", path },
        });
      }
    }
    return found;
  } catch (error) {
    return [toFinding("leftovers", error)];
  }
}

async function places({ workspace, userDirectory }: DoctorWorld): Promise<readonly string[]> {
  const { root, metadata, locks, environments, comfyuiMirrors, uvBin } = workspace;
  const own = (await listEnvironments(workspace)).flatMap((name) => {
    const { root, cec, workflows, venv } = environmentLayout(workspace, name);
    return [root, cec, workflows, venv];
  });
  const run = join(metadata, "run");
  const around = [root, metadata, locks, run, environments, comfyuiMirrors, uvBin];
  return [...around, ...userDirectory === undefined ? [] : [userDirectory], ...own];
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw error;
  }
}
