import { readAsset } from "../../base/mod.ts";
import type { IndexData } from "./published.ts";

/** The index that comes with comfydock, among the shipped files. */
const STARTER = "data/node_mappings.json.gz";
/** What `origin` says of it. */
export const STARTER_ORIGIN = "starter";

/**
 * Reads the starter index, not yet unpacked.
 *
 * It is recognised by the check sum and length that end every gzip file (RFC 1952), which costs no reading of it all.
 */
export async function readStarter(): Promise<IndexData> {
  const bytes = await readAsset(STARTER);
  const trailer = bytes.subarray(-8).toHex();
  return {
    read: () => Promise.resolve(bytes),
    name: STARTER,
    origin: STARTER_ORIGIN,
    identity: `${bytes.length}-${trailer}`,
  };
}
