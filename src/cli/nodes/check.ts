import { checkNodes } from "../../environment/nodes/fit/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { withNodeResolver } from "../../session/nodes/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { type CheckData, toCheckData } from "./check_data.ts";

export { view } from "./check_view.ts";

/** Tells how node packs fit together; exit code 1 when they do not. */
export async function run(
  { args }: CommandInput,
  context: CommandContext,
): Promise<Outcome<CheckData>> {
  const place = await commandEnvironment(context);
  const check = await withNodeResolver(
    context,
    place,
    (resolver) => checkNodes(place.world, { named: args, ...resolver }),
  );
  return { data: toCheckData(place.environment.name, check), exit: check.fits ? 0 : 1 };
}
