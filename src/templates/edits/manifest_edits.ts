import { compareCodePoints, sha256Of } from "../../base/mod.ts";
import type { JsonEdit, JsonValue } from "../../workflows/json/mod.ts";
import { extensionOf, isRecord } from "../repository/mod.ts";
import { compareAssets } from "../sync/mod.ts";
import { manifestPaths } from "./occurrences.ts";
import type { Edits } from "./open_edits.ts";

/** A template as the manifest shall have it. */
export interface ManifestFacts {
  readonly id: string;
  readonly bundle: string;
  /** Names below the directory of templates. */
  readonly files: readonly string[];
}

/** Puts an entry into the manifest, before the first one whose id comes later. */
export async function addToManifest(edits: Edits, facts: ManifestFacts): Promise<void> {
  const { manifestFile, session } = edits;
  if (manifestFile === undefined) return;
  const ids = idsOf(await session.json(manifestFile));
  const next = ids.findIndex((one) => compareCodePoints(one, facts.id) > 0);
  const at = next < 0 ? ids.length : next;
  const value = await entryOf(edits, facts);
  await session.edit(manifestFile, [{ path: ["templates", at], value, insert: true }]);
}

/** The entry of a template that packages ship; files that they do not ship are left out. */
async function entryOf(
  { repository: { config }, session }: Edits,
  { id, bundle, files }: ManifestFacts,
): Promise<JsonValue> {
  const assets: { filename: string; sha256: string }[] = [];
  for (const filename of files.toSorted(compareAssets)) {
    const extension = extensionOf(filename);
    if (extension !== "json" && !config.extensions.includes(extension)) continue;
    const content = await session.read(`${config.templatesDir}/${filename}`);
    if (content) assets.push({ filename, sha256: await sha256Of(content) });
  }
  return { id, bundle, version: "0.0.0", assets, cdn: { path: `${bundle}/${id}/` } };
}

/** Corrects the digests of files that the session changed and the manifest names, such as those of index files. */
export async function refreshDigests(
  { repository: { config }, manifestFile, session }: Edits,
): Promise<void> {
  if (manifestFile === undefined) return;
  const start = `${config.templatesDir}/`;
  const changed = new Set(session.changes().map(({ path }) => path));
  const edits: JsonEdit[] = [];
  for (const { filename, place } of assetsOf(await session.json(manifestFile))) {
    if (!changed.has(`${start}${filename}`)) continue;
    const content = await session.read(`${start}${filename}`);
    if (content) edits.push({ path: [...place, "sha256"], value: await sha256Of(content) });
  }
  await session.edit(manifestFile, edits);
}

/** Gives an entry another bundle, and an address there. */
export async function moveInManifest(
  { manifestFile, session }: Edits,
  id: string,
  bundle: string,
): Promise<void> {
  if (manifestFile === undefined) return;
  const value = await session.json(manifestFile);
  const edits = manifestPaths(value, id).flatMap((path): JsonEdit[] => [
    { path: [...path, "bundle"], value: bundle },
    { path: [...path, "cdn"], value: { path: `${bundle}/${id}/` } },
  ]);
  await session.edit(manifestFile, edits);
}

function idsOf(value: unknown): readonly string[] {
  const templates = isRecord(value) && Array.isArray(value.templates) ? value.templates : [];
  return templates.map((entry) => isRecord(entry) && typeof entry.id === "string" ? entry.id : "");
}

function assetsOf(
  value: unknown,
): readonly { readonly filename: string; readonly place: readonly (string | number)[] }[] {
  const templates = isRecord(value) && Array.isArray(value.templates) ? value.templates : [];
  return templates.flatMap((entry, at) => {
    const assets = isRecord(entry) && Array.isArray(entry.assets) ? entry.assets : [];
    return assets.flatMap((asset, index) =>
      isRecord(asset) && typeof asset.filename === "string"
        ? [{ filename: asset.filename, place: ["templates", at, "assets", index] }]
        : []
    );
  });
}
