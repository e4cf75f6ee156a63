import { ComfydockError } from "../../../base/mod.ts";
import { requireBisect, runBisect } from "../../../environment/nodes/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { type BisectData, bisectData } from "./step_data.ts";

/** Answers all tests of a search by the exit code of a program. */
export async function run(
  { args, rest, dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<BisectData>> {
  const [program, ...words] = [...args, ...rest];
  if (program === undefined) {
    throw new ComfydockError(
      cliErrors.ARGUMENT_MISSING,
      "Cannot run the tests of a search: no program is named",
      { hint: "Name it behind --, such as comfydock node bisect run -- python test.py" },
    );
  }
  const { world, environment } = await commandEnvironment(context);
  if (dryRun) {
    const state = await requireBisect(world);
    return { data: bisectData(environment.name, { kind: "test", state }, true) };
  }
  const step = await runBisect(world, [program, ...words], (answer, next) => {
    const left = next.kind === "test" ? `, ${next.state.suspects.length} suspects left` : "";
    context.report.emit({ kind: "logged", level: "INFO", message: `${answer}${left}` });
  });
  return { data: bisectData(environment.name, step) };
}

export { bisectLines as view } from "./step_data.ts";
