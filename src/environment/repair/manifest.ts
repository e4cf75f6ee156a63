import { readTextBounded } from "../../base/mod.ts";
import { MAX_MANIFEST_BYTES, readManifest } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import { hasRepository } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { failureOf } from "./failure.ts";
import type { RepairProblem } from "./types.ts";

/** Looks at `pyproject.toml`; what people have written there is told and never touched. */
export async function examineManifest(world: EnvironmentWorld): Promise<readonly RepairProblem[]> {
  const { environment: { manifest: path, name, cec } } = world;
  if (!await lookAt(cec)) return [];
  const committed = await readCommitted(world, "pyproject.toml");
  const rollback = `comfydock rollback --env ${name}`;
  if (!await lookAt(path)) {
    const problem = "pyproject.toml is missing";
    return committed === undefined
      ? [{ part: "manifest", problem, hint: "Look for it with comfydock trash list" }]
      : [{
        part: "manifest",
        problem,
        remedy: "take it from the last commit",
        fix: (transaction) => transaction.writeFile(path, committed),
      }];
  }
  try {
    const text = await readTextBounded(path, MAX_MANIFEST_BYTES);
    readManifest(text, path);
    if (committed === undefined || text === committed) return [];
    return [{
      part: "manifest",
      problem: "pyproject.toml has changes that are not committed",
      hint: `Run comfydock commit to keep them, or ${rollback} to give them up`,
      told: true,
    }];
  } catch (error) {
    const failure = failureOf(error);
    const last = committed === undefined ? "" : `, or return to the last commit with ${rollback}`;
    return [{
      part: "manifest",
      problem: "pyproject.toml cannot be read, so only what does not depend on it is looked at",
      error: failure,
      hint: `Correct it${last}`,
    }];
  }
}

/** Looks whether `.python-version` says what the manifest does. */
export async function examinePythonVersion(
  { environment: { pythonVersion: path } }: EnvironmentWorld,
  state: EnvironmentState | undefined,
): Promise<readonly RepairProblem[]> {
  const wanted = state?.manifest.environment.pythonVersion;
  if (wanted === undefined) return [];
  const found = await lookAt(path) ? (await readTextBounded(path, 10_000)).trim() : undefined;
  if (found === wanted) return [];
  return [{
    part: "python",
    problem: found === undefined
      ? ".python-version is missing"
      : `.python-version says ${JSON.stringify(found)}, the manifest ${wanted}`,
    remedy: `write ${wanted}`,
    fix: (transaction) => transaction.writeFile(path, `${wanted}\n`),
  }];
}

/** The text of a file of `.cec` as the last commit has it. */
export async function readCommitted(
  { git, environment: { cec } }: EnvironmentWorld,
  file: string,
): Promise<string | undefined> {
  if (!await hasRepository(cec)) return undefined;
  try {
    const bytes = await git.readFile(cec, "HEAD", file);
    return bytes && new TextDecoder().decode(bytes);
  } catch (error) {
    // What is wrong with the repository is told by its own examiner.
    failureOf(error);
    return undefined;
  }
}
