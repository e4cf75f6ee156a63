import { addNodes } from "../../environment/nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { withNodeResolver } from "../../session/nodes/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import {
  type NodeChangesData,
  nodeChangesData,
  nodeOutcome,
  warnOfScripts,
} from "./change_data.ts";
import type { nodeAddOptions } from "./options.ts";
import { refuseTogether } from "./refuse_together.ts";

/** Adds node packs. */
export async function run(
  { args: named, options, dryRun }: InputOf<typeof nodeAddOptions>,
  context: CommandContext,
): Promise<Outcome<NodeChangesData>> {
  refuseTogether(options, [["dev", "git"], ["adopt", "git"], ["noSync", "runScripts"]]);
  const place = await commandEnvironment(context);
  const { adopt, dev, git, runScripts, keepGoing } = options;
  return await withNodeResolver(context, place, async (resolver) => {
    const report = await addNodes(place.world, {
      ...resolver,
      named,
      adopt,
      dev,
      git,
      deps: !options.noDeps,
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
