import { filesBelow } from "./modules.ts";

/** The directories whose files `readAsset()` finds in every form of comfydock. */
export const ASSET_DIRECTORIES: readonly string[] = ["config", "data"];

/** Every shipped file that is not code, as sorted paths below the root of the project. */
export async function assetPaths(): Promise<readonly string[]> {
  return (await Promise.all(ASSET_DIRECTORIES.map((name) => filesBelow(name)))).flat().sort();
}
