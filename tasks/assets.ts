import { filesBelow } from "./modules.ts";

/** The directories whose files `readAsset()` finds in every form of comfydock. */
export const ASSET_DIRECTORIES: readonly string[] = ["config", "data"];

// Named one by one: `registry update` writes into `data`, too, where it runs in a copy of the sources.
const SHIPPED =
  /^(?:config\/|data\/(?:(?:blake3|container|pictures|run|sample|schema|templates)\/|known_models\.json$|node_mappings\.(?:blocks\.json|json\.gz)$))/;

/** Whether a file below {@linkcode ASSET_DIRECTORIES} is shipped; bytecode of Python that ran is not. */
export function isAsset(path: string): boolean {
  return SHIPPED.test(path) && !path.includes("/__pycache__/");
}

/** Every shipped file that is not code, as sorted paths below the root of the project. */
export async function assetPaths(): Promise<readonly string[]> {
  return (await Promise.all(ASSET_DIRECTORIES.map((name) => filesBelow(name)))).flat()
    .filter(isAsset).sort();
}
