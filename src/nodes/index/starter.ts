import { readAsset } from "../../base/mod.ts";
import { readStarterContents, STARTER_MAPPINGS } from "../../mappings/lookups/mod.ts";
import type { IndexData } from "./published.ts";

/** What `origin` says of the index that comes with comfydock. */
export const STARTER_ORIGIN = "starter";

/** Finds the starter index; its bytes are read only when they are asked for. */
export async function readStarter(): Promise<IndexData> {
  const { sha256 } = await readStarterContents();
  return {
    read: () => readAsset(STARTER_MAPPINGS),
    name: STARTER_MAPPINGS,
    origin: STARTER_ORIGIN,
    identity: sha256,
  };
}
