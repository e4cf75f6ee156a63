import { judgeEnvironment } from "../../environment/status/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { type DifferenceData, renderDifferences, toDifferenceData } from "./differences_view.ts";
import type { validateEnvironmentOptions } from "./options.ts";
import { commandEnvironment } from "./world.ts";

/** What `validate` tells. */
export interface ValidateData {
  readonly name: string;
  readonly strict: boolean;
  readonly ok: boolean;
  readonly differences: readonly DifferenceData[];
}

/** Judges an environment by its exit code. */
export async function run(
  { options: { strict } }: InputOf<typeof validateEnvironmentOptions>,
  context: CommandContext,
): Promise<Outcome<ValidateData>> {
  const { world } = await commandEnvironment(context);
  const { name, ok, differences } = await judgeEnvironment(world, { strict });
  return {
    data: { name, strict, ok, differences: toDifferenceData(differences) },
    exit: ok ? 0 : 1,
  };
}

/** The judgement, then what it rests on. */
export function view({ name, ok, differences }: ValidateData, style: Style): string[] {
  const verdict = ok ? style.green("is as it should be") : style.red("is not as it should be");
  return [`${style.bold(name)} ${verdict}`, ...renderDifferences(differences, style)];
}
