import { basename, relative, resolve, sep } from "node:path";
import { isKind } from "../../../base/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import {
  checkEnvironmentName,
  environmentLock,
  findTrash,
  restoreFromTrash,
  type TrashEntry,
  withLocks,
  WORKSPACE_LOCK,
  workspaceErrors,
  type WorkspaceLayout,
} from "../../../workspace/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { lockSettings, openNamedWorkspace, readConfig } from "../access.ts";
import type { restoreOptions } from "./options.ts";

/** What `trash restore` tells. */
export interface TrashRestoreData {
  readonly dry_run: boolean;
  readonly entry: TrashEntry;
  /** Where it is now. */
  readonly to: string;
  /** The environment that it belongs to. */
  readonly environment?: string;
}

/** Puts something back. */
export async function run(
  { options, args, dryRun }: InputOf<typeof restoreOptions>,
  context: CommandContext,
): Promise<Outcome<TrashRestoreData>> {
  const workspace = await openNamedWorkspace(context);
  const { layout } = workspace;
  const entry = await findTrash(layout, args[0]!);
  const to = options.to === undefined ? entry.from : resolve(options.to);
  const environment = environmentAt(layout, to);
  const data = { dry_run: dryRun, entry, to, environment };
  if (dryRun) return { data };
  const settings = lockSettings(context, await readConfig(context, workspace), "trash restore");
  const locks = [
    WORKSPACE_LOCK,
    ...(environment === undefined ? [] : [environmentLock(environment)]),
  ];
  await withLocks(layout, locks, settings, () => restoreFromTrash(layout, entry.id, to));
  return { data };
}

/** The environment that a path lies in. */
function environmentAt(layout: WorkspaceLayout, path: string): string | undefined {
  const [name = ""] = relative(layout.environments, path).split(sep);
  try {
    checkEnvironmentName(name);
    return name;
  } catch (error) {
    if (isKind(error, workspaceErrors.ENVIRONMENT_NAME_INVALID)) return undefined;
    throw error;
  }
}

/** Where it is, and what rebuilds the rest or says what is left to do. */
export function view({ dry_run, entry, to, environment }: TrashRestoreData): string[] {
  const put = `${dry_run ? "Would put" : "Put"} ${entry.name} back to ${to}`;
  if (environment === undefined || dry_run) return [put];
  return [
    put,
    basename(to) === environment
      ? `Next: comfydock repair --env ${environment}, which brings back what it stands on`
      : `Next: comfydock status --env ${environment}, which tells whether anything is to be done`,
  ];
}
