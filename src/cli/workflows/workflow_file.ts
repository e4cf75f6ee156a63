import { isAbsolute } from "node:path";
import { exists } from "../../base/mod.ts";
import { workflowPlaces } from "../../environment/workflows/mod.ts";
import { readWorkflowStates, workflowNotFound } from "../../environment/workflows/states/mod.ts";
import { type EnvironmentLayout, findEnvironment } from "../../workspace/reading/mod.ts";
import { workflowFile } from "../../workflows/mod.ts";
import type { CommandContext } from "../types.ts";
import { workspaceIfThere } from "../workspace/access.ts";

/** The environment that a command may look at, when there is one. */
export async function environmentIfThere(
  context: CommandContext,
): Promise<EnvironmentLayout | undefined> {
  const workspace = await workspaceIfThere(context);
  if (!workspace) return undefined;
  const named = context.options.env ?? workspace.facts.activeEnvironment;
  return named === undefined ? undefined : await findEnvironment(workspace, named);
}

/**
 * Finds the file that people mean by a path, or by the name of a workflow of the environment.
 *
 * @param side Whether ComfyUI's copy or the version of `.cec` is looked for first.
 * @returns The path that was given where nothing has that name, and it can only be one.
 * @throws `WORKFLOW_NOT_FOUND` for what may be a name, and none has it
 */
export async function findWorkflowFile(
  context: CommandContext,
  given: string,
  side: "copy" | "tracked" = "copy",
): Promise<string> {
  if (await exists(given)) return given;
  const environment = await environmentIfThere(context);
  const places = environment && workflowPlaces(environment, { file: workflowFile(given) });
  if (!places) return given;
  const [first, second] = side === "copy"
    ? [places.copy, places.tracked]
    : [places.tracked, places.copy];
  if (await exists(first)) return first;
  if (await exists(second)) return second;
  if (isAbsolute(given) || given.startsWith(".") || /\.[a-z0-9]+$/i.test(given)) return given;
  const states = await readWorkflowStates({ environment });
  throw workflowNotFound("find", given, states.map(({ name }) => name));
}
