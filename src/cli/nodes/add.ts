import { ComfydockError } from "../../base/mod.ts";
import { addNodes } from "../../environment/nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import {
  type NodeChangesData,
  nodeChangesData,
  nodeOutcome,
  warnOfScripts,
} from "./change_data.ts";
import type { nodeAddOptions } from "./options.ts";
import { withNodeResolver } from "./resolve_access.ts";

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

/**
 * Refuses options that contradict each other.
 *
 * @throws `OPTION_VALUE_INVALID`
 */
export function refuseTogether<Name extends string>(
  options: Readonly<Record<Name, unknown>>,
  pairs: readonly (readonly [Name, Name])[],
): void {
  const flag = (name: string) =>
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const pair = pairs.find(([one, other]) => options[one] && options[other]);
  if (!pair) return;
  const [one, other] = pair.map(flag);
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot take both ${one} and ${other}`,
    { hint: `Leave out ${one} or ${other}` },
  );
}

export { nodeChangeLines as view } from "./change_view.ts";
