import { removeRemote } from "../../../environment/remotes/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import type { RemoteChangeData } from "./remote_data.ts";

/** Forgets a remote. */
export async function run(
  { args: [name = ""], dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<RemoteChangeData>> {
  const { world } = await commandEnvironment(context);
  return { data: { dry_run: dryRun, remote: await removeRemote(world, name, { dryRun }) } };
}

/** What was forgotten. */
export function view({ dry_run, remote: { name, url } }: RemoteChangeData, style: Style): string[] {
  return [`${dry_run ? "Would forget" : style.green("Forgot")} ${style.bold(name)}: ${url}`];
}
