import { compareCodePoints, sha256Of } from "../../base/mod.ts";
import { manifestPath } from "../repository/mod.ts";
import { type FileChange, textChange } from "../changes/mod.ts";
import type { PackageFile } from "../contents/mod.ts";
import type { RepositorySide } from "../packages/mod.ts";
import type { ManifestAsset, ManifestEntry } from "../types.ts";

const FIRST_VERSION = "0.0.0";
const LOGOS = "index_logo";

/**
 * The change that brings the manifest up to date; none where it says the right thing already, however it is printed.
 *
 * Entries are in the order of ids, their files in the order of names; versions and addresses that it has stay.
 */
export async function planManifest(side: RepositorySide): Promise<readonly FileChange[]> {
  const { repository, manifest } = side;
  const path = manifestPath(repository);
  if (path === undefined) return [];
  const old = new Map(manifest?.templates.map((entry) => [entry.id, entry]));
  const files = filesById(side);
  const templates: unknown[] = [];
  const ids = [...repository.bundles.bundleOf.keys()].sort(compareCodePoints);
  for (const id of ids) {
    const bundle = repository.bundles.bundleOf.get(id)!;
    if (side.excluded.has(id)) continue;
    const entry = old.get(id);
    templates.push({
      id,
      bundle,
      version: entry?.version ?? FIRST_VERSION,
      assets: await assetsOf(side, files.get(id) ?? [], bundle, entry),
      cdn: { path: entry?.bundle === bundle && entry.cdnPath || `${bundle}/${id}/` },
    });
  }
  const value = {
    manifest_version: 1,
    bundles: Object.fromEntries(
      repository.bundles.list.map(({ name }) => [name, { version: FIRST_VERSION }]),
    ),
    templates,
  };
  const before = manifest?.document.text;
  if (before !== undefined && sameJson(manifest?.document.value, value)) return [];
  return textChange(path, before, `${JSON.stringify(value, null, 2)}\n`);
}

/** The copies of all packages by the template they belong to; logos belong to their list. */
function filesById({ contents }: RepositorySide): ReadonlyMap<string, readonly PackageFile[]> {
  const files = new Map<string, PackageFile[]>();
  for (const file of [...contents.values()].flat()) {
    if (file.kind === "own" || file.target.includes("/blueprints/")) continue;
    const id = file.id ?? LOGOS;
    const list = files.get(id) ?? [];
    list.push(file);
    files.set(id, list);
  }
  return files;
}

async function assetsOf(
  { repository: { files: disk, config, bundles } }: RepositorySide,
  files: readonly PackageFile[],
  bundle: string,
  entry: ManifestEntry | undefined,
): Promise<readonly ManifestAsset[]> {
  const assets: ManifestAsset[] = [];
  for (const { source, target } of files) {
    const filename = source.slice(config.templatesDir.length + 1);
    const content = await disk.read(source);
    if (!content) continue;
    const known = entry?.assets.find((one) => one.filename === filename)?.bundle;
    // Logos lie in the bundle that the policy names, which need not be that of their list.
    const owner = filename.includes("/")
      ? bundles.list.find(({ package: id }) => target.startsWith(`${config.packagesDir}/${id}/`))
      : undefined;
    const other = known ?? (owner?.name === bundle ? undefined : owner?.name);
    const sha256 = await sha256Of(content);
    assets.push({ filename, sha256, ...(other !== undefined && { bundle: other }) });
  }
  return assets.sort((left, right) => compareCodePoints(left.filename, right.filename));
}

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
