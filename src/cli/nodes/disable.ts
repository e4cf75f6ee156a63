import { switchNodes } from "../../environment/nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { type NodeChangesData, nodeChangesData } from "./change_data.ts";
import type { nodeChangeOptions } from "./options.ts";

/** Disables node packs. */
export async function run(
  { args, options, dryRun }: InputOf<typeof nodeChangeOptions>,
  context: CommandContext,
): Promise<Outcome<NodeChangesData>> {
  const { world, environment } = await commandEnvironment(context);
  const report = await switchNodes(world, args, false, { sync: !options.noSync, dryRun });
  return { data: nodeChangesData(environment.name, dryRun, report) };
}

export { nodeChangeLines as view } from "./change_view.ts";
