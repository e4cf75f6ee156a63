import type { Outcome } from "../../output/mod.ts";
import {
  findEnvironment,
  updateWorkspace,
  withActive,
  withLock,
  WORKSPACE_LOCK,
} from "../../workspace/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { lockSettings, openNamedWorkspace, readConfig } from "./access.ts";

/** What `use` tells. */
export interface UseData {
  readonly dry_run: boolean;
  readonly active: string;
  /** What was active before. */
  readonly before?: string;
}

/** Makes an environment the active one. */
export async function run(
  { args, dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<UseData>> {
  const workspace = await openNamedWorkspace(context);
  const { name } = await findEnvironment(workspace, args[0]!);
  const data = { dry_run: dryRun, active: name, before: workspace.facts.activeEnvironment };
  if (dryRun || data.before === name) return { data };
  const settings = lockSettings(context, await readConfig(context, workspace), "use");
  await withLock(workspace.layout, WORKSPACE_LOCK, settings, async (lock) => {
    await updateWorkspace(workspace.layout, lock, (facts) => withActive(facts, name));
  });
  return { data };
}

/** Which one is active now. */
export function view({ dry_run, active, before }: UseData): string[] {
  if (before === active) return [`${active} is the active environment already`];
  return [`${dry_run ? "Would make" : "Made"} ${active} the active environment`];
}
