import { exists } from "../../base/mod.ts";
import {
  findWorkflowFile as findFile,
  type WorkflowSide,
} from "../../session/workflow_files/mod.ts";
import { type EnvironmentLayout, findEnvironment } from "../../workspace/reading/mod.ts";
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
 * Finds the file that people mean by a path, or by the name of a workflow of the environment, where there is one.
 *
 * @param side Whether ComfyUI's copy or the version of `.cec` is looked for first.
 * @throws `WORKFLOW_NOT_FOUND` for what may be a name, and none has it
 */
export async function findWorkflowFile(
  context: CommandContext,
  given: string,
  side?: WorkflowSide,
): Promise<string> {
  if (await exists(given)) return given;
  return await findFile(await environmentIfThere(context), given, side);
}
