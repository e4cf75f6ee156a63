import { ComfydockError } from "../../../base/mod.ts";
import { readRequirementFile, type RequirementPlace } from "../../../environment/packages/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { pyAddOptions } from "./options.ts";
import { changeRequirements, type RequirementData } from "./requirement_data.ts";

/** Adds requirements, in the place of those for the same packages. */
export async function run(
  { args, options, dryRun }: InputOf<typeof pyAddOptions>,
  context: CommandContext,
): Promise<Outcome<RequirementData>> {
  const files = await Promise.all(options.requirements.map(readRequirementFile));
  const add = [...args, ...files.flat()];
  if (args.length === 0 && files.length === 0) {
    throw new ComfydockError(cliErrors.ARGUMENT_MISSING, "Cannot add nothing", {
      hint: "Name requirements, such as numpy>=1.26, or a file with -r",
    });
  }
  const request = { place: placeOf(options.group), add };
  const sync = !options.noSync;
  return await changeRequirements(context, { command: "py add", request, dryRun, sync });
}

/** Where the requirements of a `--group` stand. */
export function placeOf(group: string | undefined): RequirementPlace {
  if (group === undefined) return { kind: "project" };
  if (/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(group)) return { kind: "group", group };
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot use ${JSON.stringify(group)} for option --group: it is no name of a group`,
    { hint: "Use letters, digits, and - _ . between them", details: { option: "--group" } },
  );
}

export { requirementLines as view } from "./requirement_data.ts";
