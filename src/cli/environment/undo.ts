import {
  newestUndoScope,
  planEnvironmentUndo,
  undoEnvironment,
} from "../../environment/history/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { checkEnvironmentName } from "../../workspace/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import { newCommandEnvironment } from "./world.ts";

/** What `undo` tells. */
export interface UndoData {
  readonly dry_run: boolean;
  /** The command that was taken back. */
  readonly command: string;
  /** An environment, or `workspace`. */
  readonly scope: string;
  /** When that command ended; ISO 8601. */
  readonly at: string;
}

const WORKSPACE = "workspace";

/** Takes back the last command: that of the named environment, else the newest of the active one and the workspace. */
export async function run(
  { dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<UndoData>> {
  const workspace = await openNamedWorkspace(context);
  const named = context.options.env;
  // The environment itself may be what comes back, so it need not exist.
  if (named !== undefined) checkEnvironmentName(named);
  const active = named ?? workspace.facts.activeEnvironment;
  const { world } = await newCommandEnvironment(context, workspace, active ?? WORKSPACE);
  const scopes = [
    ...(active === undefined ? [] : [active]),
    ...(named === undefined ? [WORKSPACE] : []),
  ];
  const scope = await newestUndoScope(world, scopes) ?? active ?? WORKSPACE;
  const { command, at } = dryRun
    ? await planEnvironmentUndo(world, scope)
    : await undoEnvironment(world, scope);
  return { data: { dry_run: dryRun, command, scope, at } };
}

/** Which command was taken back. */
export function view({ dry_run, command, scope }: UndoData, style: Style): string[] {
  const where = scope === WORKSPACE ? "in the workspace" : `in ${style.bold(scope)}`;
  if (dry_run) return [`Would take back comfydock ${command} ${where}`];
  return [
    `${style.green("Took back")} comfydock ${command} ${where}`,
    style.dim("comfydock undo once more does it again"),
  ];
}
