import { readTextBounded } from "../../../base/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { parseRenames, planMigrate } from "../../../templates/edits/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot } from "../access.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { migrateOptions } from "./options.ts";

const MAX_MAP_BYTES = 4 * 1024 ** 2;

/** Brings templates up to date. */
export async function run(
  { options: { root: given, renames: file }, args, dryRun }: InputOf<typeof migrateOptions>,
  context: CommandContext,
): Promise<Outcome<EditData>> {
  const root = await namedRoot({ root: given }, context);
  const renames = file === undefined
    ? undefined
    : parseRenames(await readTextBounded(file, MAX_MAP_BYTES), file);
  const ids = args.length === 0 ? undefined : args;
  return await carryOut(root, await planMigrate(root, { ids, renames }), dryRun, context);
}

export { renderEdit as view };
