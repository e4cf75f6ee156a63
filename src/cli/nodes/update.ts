import { ComfydockError } from "../../base/mod.ts";
import { updateNodes } from "../../environment/nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { withNodeResolver } from "../../session/nodes/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import {
  type NodeChangesData,
  nodeChangesData,
  nodeOutcome,
  warnOfScripts,
} from "./change_data.ts";
import type { nodeUpdateOptions } from "./options.ts";
import { refuseTogether } from "./refuse_together.ts";

/** Gives node packs their newest version. */
export async function run(
  { args: named, options, dryRun }: InputOf<typeof nodeUpdateOptions>,
  context: CommandContext,
): Promise<Outcome<NodeChangesData>> {
  const { all, discard, runScripts, keepGoing } = options;
  refuseTogether(options, [["noSync", "runScripts"]]);
  if (all === (named.length > 0)) {
    throw new ComfydockError(
      cliErrors.ARGUMENT_MISSING,
      all ? "Cannot update all packs and some of them" : "Cannot update node packs: none is named",
      { hint: "Name packs, or give --all" },
    );
  }
  const place = await commandEnvironment(context);
  return await withNodeResolver(context, place, async (resolver) => {
    const report = await updateNodes(place.world, {
      ...resolver,
      named,
      discard,
      runScripts,
      keepGoing,
      sync: !options.noSync,
      dryRun,
    });
    const data = nodeChangesData(place.environment.name, dryRun, report);
    warnOfScripts(context, data, runScripts);
    return nodeOutcome(data);
  }, { fresh: true });
}

export { nodeChangeLines as view } from "./change_view.ts";
