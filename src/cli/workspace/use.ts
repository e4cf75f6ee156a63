import type { Outcome } from "../../output/mod.ts";
import { activateEnvironment } from "../../session/settings/mod.ts";
import { findEnvironment } from "../../workspace/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { openNamedWorkspace } from "./access.ts";

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
  await activateEnvironment(context, workspace, name);
  return { data };
}

/** Which one is active now. */
export function view({ dry_run, active, before }: UseData): string[] {
  if (before === active) return [`${active} is the active environment already`];
  return [`${dry_run ? "Would make" : "Made"} ${active} the active environment`];
}
