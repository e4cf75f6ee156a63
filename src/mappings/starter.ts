import { baseErrors, ComfydockError, readAsset, readAssetText } from "../base/mod.ts";
import { type BlockContents, parseContents } from "./blocks/contents.ts";
import { openExcerpt } from "./blocks/excerpt.ts";
import type { MappingIndex } from "./lookup_types.ts";

/** The mappings that come with comfydock, among the shipped files; packed block by block. */
export const STARTER_MAPPINGS = "data/node_mappings.json.gz";
/** What stands where in them. */
export const STARTER_CONTENTS = "data/node_mappings.blocks.json";

/** Reads what stands where in the mappings that come with comfydock. */
export async function readStarterContents(): Promise<BlockContents> {
  return parseContents(await readAssetText(STARTER_CONTENTS), STARTER_CONTENTS);
}

/**
 * Opens the mappings that come with comfydock for the look-up of one class; nothing else can be looked up in what comes.
 *
 * @param nodeType The class name as it stands in workflows.
 */
export async function openStarterExcerpt(nodeType: string): Promise<MappingIndex> {
  const [packed, contents] = await Promise.all([
    readAsset(STARTER_MAPPINGS),
    readStarterContents(),
  ]);
  const index = await openExcerpt(packed, contents, nodeType, STARTER_MAPPINGS);
  if (index) return index;
  throw new ComfydockError(
    baseErrors.INTERNAL,
    `Cannot read the built-in file "${STARTER_MAPPINGS}": it is laid out in another way`,
    { hint: "This installation is damaged or incomplete; fetch comfydock again" },
  );
}
