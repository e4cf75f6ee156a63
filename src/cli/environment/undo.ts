import { ComfydockError } from "../../base/mod.ts";
import {
  newestUndoScope,
  planEnvironmentUndo,
  undoEnvironment,
} from "../../environment/history/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import {
  checkEnvironmentName,
  environmentOfScope,
  listUndoScopes,
  type Workspace,
  WORKSPACE_SCOPE,
  workspaceErrors,
} from "../../workspace/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import { refuseOwnSettings } from "./own_settings.ts";
import { newCommandEnvironment } from "./world.ts";

/** What `undo` tells. */
export interface UndoData {
  readonly dry_run: boolean;
  /** The command that was taken back. */
  readonly command: string;
  /** What that command did, in that order; only itself where that was one change. */
  readonly parts: readonly string[];
  /** An environment, or `workspace`. */
  readonly scope: string;
  /** When that command ended; ISO 8601. */
  readonly at: string;
  /** The command line that does it again. */
  readonly again: string;
}

/** Takes back the last command: that of the named environment, else the newest of all. */
export async function run(
  { dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<UndoData>> {
  const workspace = await openNamedWorkspace(context);
  const named = context.options.env;
  // The environment itself may be what comes back, so it need not exist; no environment is named like the workspace.
  if (named !== undefined && named !== WORKSPACE_SCOPE) checkEnvironmentName(named);
  const scope = named ?? await lastScope(workspace);
  if (named === undefined) await refuseOwnSettings(context, workspace.layout, scope);
  const { world } = await newCommandEnvironment(context, workspace, scope);
  const { command, parts, at } = dryRun
    ? await planEnvironmentUndo(world, scope)
    : await undoEnvironment(world, scope);
  const { activeEnvironment } = (await openNamedWorkspace(context)).facts;
  const environment = environmentOfScope(scope);
  const needless = environment === undefined ||
    (named === undefined && scope === activeEnvironment);
  const again = needless ? "comfydock undo" : `comfydock undo --env ${scope}`;
  return {
    data: { dry_run: dryRun, command, parts, scope: environment ?? WORKSPACE_SCOPE, at, again },
  };
}

/** An environment that is not the active one is not changed without being named. */
async function lastScope({ layout, facts }: Workspace): Promise<string> {
  const active = facts.activeEnvironment;
  const world = { workspace: layout };
  const newest = await newestUndoScope(world, await listUndoScopes(layout));
  if (newest === undefined) return active ?? WORKSPACE_SCOPE;
  const changed = environmentOfScope(newest);
  if (active === undefined || changed === undefined || changed === active) return newest;
  throw new ComfydockError(
    workspaceErrors.UNDO_AMBIGUOUS,
    `Cannot tell what to undo: the last command changed "${newest}", and "${active}" is active`,
    {
      hint: `Run comfydock undo --env ${newest}, or comfydock undo --env ${active}`,
      details: { newest, active },
    },
  );
}

/** Which command was taken back. */
export function view({ dry_run, command, parts, scope, again }: UndoData, style: Style): string[] {
  const where = scope === WORKSPACE_SCOPE ? "in the workspace" : `in ${style.bold(scope)}`;
  const all = parts.length > 1 ? [style.dim(`all of it: ${parts.join(", ")}`)] : [];
  if (dry_run) return [`Would take back comfydock ${command} ${where}`, ...all];
  return [
    `${style.green("Took back")} comfydock ${command} ${where}`,
    ...all,
    style.dim(`${again} once more does it again`),
  ];
}
