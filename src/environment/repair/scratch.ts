import { join } from "node:path";
import { lookAt, removeTree } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import type { RepairProblem } from "./types.ts";

// What `temporaryBeside` of base names, for the things that are written in an environment.
const TEMPORARY =
  /^\.(\.cec|\.venv|ComfyUI|pyproject\.toml|uv\.lock|\.python-version)\.\d+-[0-9a-f]{8}\.tmp$/;

/** Looks for files and directories that killed commands were working in. */
export async function examineScratch(
  { environment: { root, cec } }: EnvironmentWorld,
): Promise<readonly RepairProblem[]> {
  const found: string[] = [];
  for (const directory of [root, cec]) {
    if (!await lookAt(directory)) continue;
    for await (const { name } of Deno.readDir(directory)) {
      if (TEMPORARY.test(name)) found.push(join(directory, name));
    }
  }
  return found.map((path) => ({
    part: "scratch",
    problem: `"${path}" was left by a command that was killed`,
    remedy: "delete it",
    fix: () => removeTree(path),
  }));
}
