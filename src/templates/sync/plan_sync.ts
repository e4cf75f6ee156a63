import { checkCopies } from "../building/mod.ts";
import { packagedIndexText } from "../contents/mod.ts";
import { indexAt, type RepositorySide } from "../packages/mod.ts";
import { planManifest } from "./manifest.ts";
import type { StaleCopy, SyncPlan } from "./types.ts";

/**
 * Compares manifest and copies with what templates, bundles, index and policy say.
 *
 * @param root Absolute path of the repository.
 */
export async function planSync(root: string, side: RepositorySide): Promise<SyncPlan> {
  const copies: StaleCopy[] = [];
  for (const [id, files] of side.contents) {
    for (const fault of await checkCopies(root, side, id, files)) {
      const index = indexAt(side, fault.source);
      const text = index && packagedIndexText(index, side.excluded);
      copies.push({ ...fault, ...(text !== undefined && { text }) });
    }
  }
  return { manifest: await planManifest(side), copies, removed: await leftCopies(side) };
}

/** Files that the manifest tells to be copies and that their package does not ship any more. */
async function leftCopies({ repository, manifest, contents }: RepositorySide): Promise<string[]> {
  const listed = new Set(
    manifest?.templates.flatMap(({ assets }) => assets.map(({ filename }) => filename)),
  );
  const left: string[] = [];
  for (const { id, moduleDirectory, kind } of repository.packages) {
    if (kind !== "json" && kind !== "media") continue;
    const directory = `${moduleDirectory}/templates`;
    const planned = new Set(contents.get(id)?.map(({ target }) => target));
    for (const path of await repository.files.list(directory)) {
      if (!planned.has(path) && listed.has(path.slice(directory.length + 1))) left.push(path);
    }
  }
  return left;
}
