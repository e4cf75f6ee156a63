import { counted } from "../../base/mod.ts";
import { pruneNodes, readPrunePlan } from "../../environment/nodes/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { type NodeChangesData, nodeChangesData } from "./change_data.ts";
import { nodeChangeLines } from "./change_view.ts";
import type { nodeChangeOptions } from "./options.ts";

/** What `node prune` tells. */
export interface NodePruneData extends NodeChangesData {
  /** Packs that stay, with the tracked workflows that need them; none for packs in development. */
  readonly needed: readonly { readonly id: string; readonly by: readonly string[] }[];
  /** How many workflows are tracked. */
  readonly workflows: number;
}

/** Removes the node packs that no tracked workflow needs, when people agree. */
export async function run(
  { options, dryRun }: InputOf<typeof nodeChangeOptions>,
  context: CommandContext,
): Promise<Outcome<NodePruneData>> {
  const { world, environment } = await commandEnvironment(context);
  const { unneeded, needed, workflows } = await readPrunePlan(world);
  const names = unneeded.map(({ id }) => id);
  const message = `Remove ${names.join(", ")}? None of ${
    counted(workflows, "tracked workflow")
  } needs them`;
  const refused = names.length > 0 && !dryRun && !context.options.yes &&
    !await context.ask.confirm({ message, flag: "--yes" });
  const report = await pruneNodes(world, { sync: !options.noSync, dryRun: dryRun || refused });
  return {
    data: {
      ...nodeChangesData(environment.name, dryRun || refused, report),
      needed: needed.map(({ node, by }) => ({ id: node.id, by })),
      workflows,
    },
  };
}

/** What goes, and what stays for whom. */
export function view(data: NodePruneData, style: Style): string[] {
  return [
    ...nodeChangeLines(data, style),
    ...data.needed.map(({ id, by }) =>
      style.dim(`  = ${id}: ${by.length === 0 ? "in development" : `needed by ${by.join(", ")}`}`)
    ),
  ];
}
