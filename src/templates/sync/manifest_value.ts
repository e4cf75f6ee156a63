import { compareCodePoints, type JsonRecord } from "../../base/mod.ts";
import { type ContentFacts, excludedIds } from "../contents/mod.ts";
import type { Digests } from "../digests/mod.ts";
import { extensionOf, isRecord, ownerOfFile } from "../repository/mod.ts";
import type { ManifestAsset, TemplateRepository } from "../types.ts";

/** An entry that the manifest must have. */
export interface WantedEntry {
  readonly id: string;
  readonly bundle: string;
  /** The workflow first, then pictures by number. */
  readonly assets: readonly ManifestAsset[];
}

/**
 * Tells what the manifest must hold: all templates of bundles that packages ship, sorted by id, with the digests of their
 * files. What is missing in the directory of templates is left out.
 */
export async function wantedEntries(
  { files, config, bundles, policy }: TemplateRepository,
  { index, manifest }: ContentFacts,
  digests: Digests,
): Promise<readonly WantedEntry[]> {
  const excluded = excludedIds(index ?? { templates: [] });
  const overrides = new Map(
    (manifest?.templates ?? []).flatMap(({ assets }) =>
      assets.map(({ filename, bundle }) => [filename, bundle] as const)
    ),
  );
  const filesOf = new Map<string, string[]>();
  for (const path of await files.list(config.templatesDir)) {
    const name = path.slice(config.templatesDir.length + 1);
    const id = ownerOfShipped(name, bundles.bundleOf, config.extensions);
    if (id === undefined || excluded.has(id)) continue;
    filesOf.set(id, [...filesOf.get(id) ?? [], name]);
  }
  const entries: WantedEntry[] = [];
  for (const [id, names] of filesOf) {
    const bundle = bundles.bundleOf.get(id) ?? "";
    const assets = names.sort(compareAssets).map(async (filename): Promise<ManifestAsset> => {
      const sha256 = await digests.sha256(`${config.templatesDir}/${filename}`);
      const additive = filename.startsWith("logo/") && !policy.frozenLogos.has(filename)
        ? policy.additiveLogoBundle
        : undefined;
      const own = overrides.has(filename) ? overrides.get(filename) : additive;
      return { filename, sha256, ...(own !== undefined && own !== bundle && { bundle: own }) };
    });
    entries.push({ id, bundle, assets: await Promise.all(assets) });
  }
  return entries.sort((left, right) => compareCodePoints(left.id, right.id));
}

/** The id that a file is an asset of; logos are assets of the list of logos. */
function ownerOfShipped(
  name: string,
  ids: ReadonlyMap<string, string>,
  extensions: readonly string[],
): string | undefined {
  const extension = extensionOf(name);
  if (extension !== "json" && !extensions.includes(extension)) return undefined;
  if (name.startsWith("logo/")) return ids.has("index_logo") ? "index_logo" : undefined;
  return name.includes("/") ? undefined : ownerOfFile(name, ids)?.id;
}

/** The order of a template's assets in the manifest: its workflow, then its pictures by number. */
export function compareAssets(left: string, right: string): number {
  return Number(!left.endsWith(".json")) - Number(!right.endsWith(".json")) ||
    left.length - right.length || compareCodePoints(left, right);
}

/** An entry as the manifest writes it; what an entry has besides stays. */
export function entryValue(wanted: WantedEntry, present: JsonRecord | undefined): JsonRecord {
  const { id, bundle, assets } = wanted;
  const old = Array.isArray(present?.assets) ? present.assets.filter(isRecord) : [];
  const asset = ({ filename, sha256, bundle: own }: ManifestAsset) => {
    const { bundle: _, ...rest } = old.find((one) => one.filename === filename) ?? {};
    return { ...rest, filename, sha256, ...(own !== undefined && { bundle: own }) };
  };
  const cdn = isRecord(present?.cdn) ? present.cdn : {};
  return {
    ...present,
    id,
    bundle,
    version: present?.version ?? "0.0.0",
    assets: assets.map(asset),
    cdn: { ...cdn, path: `${bundle}/${id}/` },
  };
}

/** Whether an entry of the manifest says what it must; the order of its assets does not count. */
export function isSameEntry(wanted: JsonRecord, present: JsonRecord): boolean {
  const sorted = ({ assets, ...rest }: JsonRecord) => ({
    ...rest,
    assets: Array.isArray(assets)
      ? assets.toSorted((left, right) => compareCodePoints(nameOf(left), nameOf(right)))
      : assets,
  });
  return canonical(sorted(wanted)) === canonical(sorted(present));
}

function nameOf(asset: unknown): string {
  return isRecord(asset) ? `${asset.filename}` : "";
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    isRecord(item)
      ? Object.fromEntries(
        Object.entries(item).sort(([left], [right]) => compareCodePoints(left, right)),
      )
      : item);
}
