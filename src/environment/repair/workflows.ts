import { hasRepository } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { compareWorkflows, isBehindLink } from "../workflows/compare.ts";
import { readWorkflowFile, workflowPlaces } from "../workflows/places.ts";
import { failureOf } from "./failure.ts";
import type { RepairProblem } from "./types.ts";

/** Looks for tracked workflows that are missing in `.cec`; the last commit has them, or ComfyUI's copies do. */
export async function examineWorkflows(
  world: EnvironmentWorld,
  state: EnvironmentState | undefined,
): Promise<readonly RepairProblem[]> {
  if (!state) return [];
  const compared = await compareWorkflows(world.environment, state.manifest);
  const lacking = compared.filter(({ file }) => file !== "present");
  return await Promise.all(lacking.map(({ workflow: { file, key } }) => examine(world, file, key)));
}

async function examine(world: EnvironmentWorld, file: string, key: string): Promise<RepairProblem> {
  const { environment } = world;
  const places = workflowPlaces(environment, { file });
  const untrack = `comfydock workflow untrack ${JSON.stringify(key)} --env ${environment.name}`;
  if (!places) {
    const problem = `The file of the workflow ${key} lies outside of .cec/workflows: ${file}`;
    return { part: "workflows", problem, hint: `Correct it in pyproject.toml, or run ${untrack}` };
  }
  const problem = `The tracked workflow ${file} is missing`;
  if (await isBehindLink(environment, places.tracked)) {
    const hint = `Put a directory in the place of the link in "${environment.workflows}"`;
    return { part: "workflows", problem: `The tracked workflow ${file} lies behind a link`, hint };
  }
  const committed = await readCommittedBytes(world, file);
  const content = committed ?? await readWorkflowFile(places.copy);
  if (!content) {
    const hint = `Look for it with comfydock trash list, or run ${untrack}`;
    return { part: "workflows", problem, hint };
  }
  return {
    part: "workflows",
    problem,
    remedy: committed ? "take it from the last commit" : "take ComfyUI's copy of it",
    fix: (transaction) => transaction.writeFile(places.tracked, content),
  };
}

async function readCommittedBytes(
  { git, environment: { cec } }: EnvironmentWorld,
  file: string,
): Promise<Uint8Array | undefined> {
  if (!await hasRepository(cec)) return undefined;
  try {
    return await git.readFile(cec, "HEAD", file);
  } catch (error) {
    // What is wrong with the repository is told by its own examiner.
    failureOf(error);
    return undefined;
  }
}
