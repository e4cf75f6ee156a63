import { type FileChange, textChange } from "../changes/mod.ts";
import type { Digests } from "../digests/mod.ts";
import { editDocument, readBlueprintsManifest } from "../repository/mod.ts";
import type { TemplateRepository } from "../types.ts";

/** Decides which digests the manifest of blueprints has to have; its entries, and every other byte, stay. */
export async function planBlueprints(
  repository: TemplateRepository,
  digests: Digests,
): Promise<readonly FileChange[]> {
  const { value: manifest } = await readBlueprintsManifest(repository);
  if (!manifest) return [];
  const edits = [];
  for (const { filename, sha256, at } of manifest.assets) {
    const facts = await digests.facts(`${repository.config.blueprintsDir}/${filename}`);
    if (!facts || facts.sha256 === sha256) continue;
    edits.push({ path: [...at, "sha256"], value: facts.sha256 });
  }
  const { path, text } = manifest.document;
  return textChange(path, text, editDocument(manifest.document, edits));
}
