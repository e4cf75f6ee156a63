import { addRemote } from "../../../environment/remotes/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import type { RemoteChangeData } from "./remote_data.ts";

/** Adds a remote. */
export async function run(
  { args: [name = "", url = ""], dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<RemoteChangeData>> {
  const { world } = await commandEnvironment(context);
  const remote = await addRemote(world, name, url, { cwd: Deno.cwd(), dryRun });
  return { data: { dry_run: dryRun, remote } };
}

/** What was added, and what comes next. */
export function view({ dry_run, remote: { name, url } }: RemoteChangeData, style: Style): string[] {
  return [
    `${dry_run ? "Would add" : style.green("Added")} the remote ${style.bold(name)}: ${url}`,
    ...(dry_run ? [] : [style.dim(`comfydock push ${name} puts the environment there`)]),
  ];
}
