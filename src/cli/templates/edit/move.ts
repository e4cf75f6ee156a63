import { formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import { type BundleSize, planMove } from "../../../templates/edits/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot } from "../access.ts";
import { carryOut, type EditData, renderEdit } from "./edit_data.ts";
import type { moveOptions } from "./options.ts";

/** What `templates move` did, or would do. */
export interface MoveData extends EditData {
  /** Bytes of the files of the bundles that it touches. */
  readonly sizes: readonly BundleSize[];
}

/** Moves templates to another bundle. */
export async function run(
  { options: { root: given, bundle }, args, dryRun }: InputOf<typeof moveOptions>,
  context: CommandContext,
): Promise<Outcome<MoveData>> {
  const root = await namedRoot({ root: given }, context);
  const { sizes, ...plan } = await planMove(root, args, bundle);
  const { data } = await carryOut(root, plan, dryRun, context);
  return { data: { ...data, sizes } };
}

/** Changes, and how large the bundles are before and after. */
export function view({ sizes, ...data }: MoveData, style: Style): readonly string[] {
  return [
    ...sizes.map(({ bundle, before, after }) =>
      `${bundle} ${formatBytes(before)} → ${formatBytes(after)}`
    ),
    ...renderEdit(data, style),
  ];
}
