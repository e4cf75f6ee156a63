import { ComfydockError, compareCodePoints } from "../../base/mod.ts";
import { type JsonPath, rangeOfJson } from "../../workflows/json/mod.ts";
import { templateErrors } from "../errors.ts";
import { isId, isRecord } from "../repository/mod.ts";
import { requireOpenBundle } from "./bundle_rules.ts";
import { refreshDigests } from "./manifest_edits.ts";
import { bundlePaths, entryPaths, manifestPaths, translationPaths } from "./occurrences.ts";
import { type Edits, finishEdits, openEdits, requireNewId, requireTemplate } from "./open_edits.ts";
import { filesOf } from "./own_files.ts";
import type { EditPlan } from "./types.ts";

/**
 * Plans to give a template another id everywhere: files, index and translations, bundles, manifest.
 *
 * An id that stands in bundles alone and cannot be one, such as one with a blank at its end, is corrected there.
 *
 * @throws `E_NO_TEMPLATE`, `E_BAD_TEMPLATE`, `E_TEMPLATE_EXISTS`, `E_FILE_EXISTS`, `E_FROZEN`
 */
export async function planRename(root: string, from: string, to: string): Promise<EditPlan> {
  const edits = await openEdits(root);
  if (!(await repairBundles(edits, from, to))) await renameTemplate(edits, from, to);
  return finishEdits(edits, [to]);
}

/**
 * Renames within a session that other edits share.
 *
 * @param gone Ids that this session has given others already, so that they are free.
 */
export async function renameTemplate(
  edits: Edits,
  from: string,
  to: string,
  gone: readonly string[] = [],
): Promise<void> {
  const { repository, indexFiles, manifestFile, session } = edits;
  const { config, bundles } = repository;
  requireTemplate(edits, from);
  if (from === to) return;
  requireNewId(edits, to, [from, ...gone]);
  const bundle = bundles.bundleOf.get(from);
  if (bundle !== undefined) requireOpenBundle(repository, bundle, `Cannot rename "${from}"`);
  const names = await filesOf(edits, from);
  const renamed = (name: string) => `${to}${name.slice(from.length)}`;
  for (const name of names) {
    await session.move(`${config.templatesDir}/${name}`, `${config.templatesDir}/${renamed(name)}`);
  }
  for (const file of indexFiles) {
    const paths = entryPaths(await session.json(file), from);
    await session.edit(file, paths.map((path) => ({ path: [...path, "name"], value: to })));
  }
  const inBundles = bundlePaths(await session.json(config.bundles), from);
  await session.edit(config.bundles, inBundles.map((path) => ({ path, value: to })));
  for (const path of translationPaths(await session.json(config.translations), from)) {
    const text = await session.text(config.translations) ?? "";
    await session.replace(config.translations, withKey(text, path, to));
  }
  if (manifestFile !== undefined) await renameInManifest(edits, manifestFile, from, to);
  await refreshDigests(edits);
}

/** Corrects an id that only bundles have; tells whether that was all there was to do. */
async function repairBundles(
  { repository: { config }, index, session }: Edits,
  from: string,
  to: string,
): Promise<boolean> {
  if (isId(from) || index.templates.some(({ name }) => name === from)) return false;
  const wrong = bundlePaths(await session.json(config.bundles), from);
  if (wrong.length === 0) return false;
  if (!isId(to)) {
    throw new ComfydockError(
      templateErrors.E_BAD_TEMPLATE,
      `Cannot call a template ${JSON.stringify(to)}: ids are letters, digits, ".", "_" and "-"`,
    );
  }
  // Where the right id stands in a bundle already, the wrong one is one too many.
  const known = bundlePaths(await session.json(config.bundles), to).length > 0;
  const value = known ? undefined : to;
  await session.edit(config.bundles, wrong.toReversed().map((path) => ({ path, value })));
  return true;
}

async function renameInManifest(
  { session }: Edits,
  file: string,
  from: string,
  to: string,
): Promise<void> {
  const value = await session.json(file);
  const [path] = manifestPaths(value, from);
  const raw = path && await session.textAt(file, path);
  if (path === undefined || raw === undefined) return;
  await session.edit(file, [{ path, value: undefined }]);
  const at = placeOf(await session.json(file), to);
  await session.insertText(file, at, raw);
  const entry: unknown = JSON.parse(raw);
  const assets = isRecord(entry) && Array.isArray(entry.assets) ? entry.assets : [];
  const cdn = isRecord(entry) && isRecord(entry.cdn) ? entry.cdn.path : undefined;
  await session.edit(file, [
    { path: [...at, "id"], value: to },
    ...assets.flatMap((asset, index) => {
      const name: unknown = isRecord(asset) ? asset.filename : undefined;
      if (typeof name !== "string" || !/^(?:-\d+)?\./.test(name.slice(from.length))) return [];
      const value = `${to}${name.slice(from.length)}`;
      return [{ path: [...at, "assets", index, "filename"], value }];
    }),
    ...typeof cdn === "string"
      ? [{ path: [...at, "cdn", "path"], value: cdn.replace(`/${from}/`, () => `/${to}/`) }]
      : [],
  ]);
}

/** Where the entry of an id belongs in the manifest, whose entries are in the order of ids. */
function placeOf(value: unknown, id: string): JsonPath {
  const templates = isRecord(value) && Array.isArray(value.templates) ? value.templates : [];
  const next = templates.findIndex((entry) =>
    isRecord(entry) && typeof entry.id === "string" && compareCodePoints(entry.id, id) > 0
  );
  return ["templates", next < 0 ? templates.length : next];
}

/** The text with another key for a member; what stands around the key stays. */
function withKey(text: string, path: JsonPath, key: string): string {
  const range = rangeOfJson(text, path);
  if (!range) return text;
  const old = JSON.stringify(path.at(-1));
  const at = text.lastIndexOf(old, range.start - 1);
  return `${text.slice(0, at)}${JSON.stringify(key)}${text.slice(at + old.length)}`;
}
