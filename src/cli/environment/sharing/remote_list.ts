import { listRemotes, type Remote } from "../../../environment/remotes/mod.ts";
import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { commandEnvironment } from "../world.ts";

/** What `remote list` tells. */
export interface RemoteListData {
  readonly remotes: readonly Remote[];
}

/** Lists the remotes. */
export async function run(
  _input: CommandInput,
  context: CommandContext,
): Promise<Outcome<RemoteListData>> {
  const { world } = await commandEnvironment(context);
  return { data: { remotes: await listRemotes(world) } };
}

/** Name and address of each. */
export function view({ remotes }: RemoteListData, style: Style): string[] {
  if (remotes.length === 0) return ["There is no remote; comfydock remote add origin URL adds one"];
  return alignColumns(remotes.map(({ name, url }) => [style.bold(name), url]));
}
