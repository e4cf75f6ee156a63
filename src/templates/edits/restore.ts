import { ComfydockError } from "../../base/mod.ts";
import type { JsonPath, JsonValue } from "../../workflows/json/mod.ts";
import { templateErrors } from "../errors.ts";
import { inventoryFile, isRecord, whyExcluded } from "../repository/mod.ts";
import { ARCHIVED_TRANSLATIONS, archivedFile, isSameCategory, recordFile } from "./archive.ts";
import { requireOpenBundle } from "./bundle_rules.ts";
import { addToManifest, refreshDigests } from "./manifest_edits.ts";
import { bundlePaths, entryPaths, translationPaths } from "./occurrences.ts";
import { type Edits, finishEdits, openEdits, requireNewId } from "./open_edits.ts";
import { ownFilesIn } from "./own_files.ts";
import { parseRecord, undoRecord } from "./records.ts";
import type { EditPlan } from "./types.ts";

/** How archived templates come back. */
export interface RestoreOptions {
  /** The bundle that they go to; default the one that they left. */
  readonly bundle?: string;
}

/**
 * Plans to take templates back from the archive.
 *
 * Where nothing that archiving touched was changed since, every file gets the bytes that it had. Else entries go to the
 * end of their categories. Templates that another program archived come back, too; they need a bundle.
 *
 * @throws `E_NOT_ARCHIVED`, `E_NO_BUNDLE`, `E_FROZEN`, `E_TEMPLATE_EXISTS`, `E_FILE_EXISTS`, `E_BAD_ARCHIVE`
 */
export async function planRestore(
  root: string,
  ids: readonly string[],
  options: RestoreOptions = {},
): Promise<EditPlan> {
  const edits = await openEdits(root);
  const notes: string[] = [];
  // What was archived last comes first, so that each finds what it left.
  for (const id of ids.toReversed()) {
    const exact = await restoreTemplate(edits, id, options);
    if (!exact) notes.push(`"${id}" stands at the end of its category and its bundle now`);
  }
  return finishEdits(edits, ids, notes);
}

async function restoreTemplate(
  edits: Edits,
  id: string,
  { bundle: named }: RestoreOptions,
): Promise<boolean> {
  const { repository, session } = edits;
  const { config } = repository;
  const names = (await ownFilesIn(repository.files, config.archiveDir, new Set([id]))).get(id) ??
    [];
  requireNewId(edits, id);
  const file = recordFile(edits, id);
  const text = await session.text(file);
  if (names.length === 0 && text === undefined) throw notArchived(id);
  const record = text === undefined ? undefined : parseRecord(text, file, archivedPlaces(edits));
  for (const name of names) {
    await session.move(`${config.archiveDir}/${name}`, `${config.templatesDir}/${name}`);
  }
  if (record) await session.remove(file);
  if (record && named === undefined && await undoRecord(session, record)) return true;
  const bundle = named ?? record?.bundle;
  if (bundle === undefined) throw noBundle(id);
  requireOpenBundle(repository, bundle, `Cannot restore "${id}"`);
  let shipped = true;
  for (const index of edits.indexFiles) {
    const entry = await restoreEntry(edits, index, id);
    if (index === config.index && isRecord(entry)) shipped = isShipped(entry);
  }
  await restoreTranslations(edits, id);
  const bundles = await session.json(config.bundles);
  if (bundlePaths(bundles, id).length === 0) {
    const list = isRecord(bundles) ? bundles[bundle] : undefined;
    const at = Array.isArray(list) ? list.length : 0;
    await session.edit(config.bundles, [{ path: [bundle, at], value: id }]);
  }
  if (shipped) await addToManifest(edits, { id, bundle, files: names });
  await refreshDigests(edits);
  return false;
}

/** Every text file that archiving may change. */
function archivedPlaces(edits: Edits): ReadonlySet<string> {
  const { repository: { config, policy }, indexFiles, manifestFile } = edits;
  return new Set([
    ...indexFiles,
    ...indexFiles.map((file) => archivedFile(edits, file)),
    ...[config.bundles, config.translations, `${config.archiveDir}/${ARCHIVED_TRANSLATIONS}`],
    ...[manifestFile, inventoryFile(policy)].filter((file) => file !== undefined),
  ]);
}

/** Takes an entry back into its index file; gives it, or nothing where the archive has none. */
async function restoreEntry(edits: Edits, file: string, id: string): Promise<unknown> {
  const { session } = edits;
  const source = archivedFile(edits, file);
  const archived = await session.json(source);
  const [path] = entryPaths(archived, id);
  const raw = path && await session.textAt(source, path);
  if (path === undefined || raw === undefined || !Array.isArray(archived)) return undefined;
  await session.edit(source, [{ path, value: undefined }]);
  const value = await session.json(file);
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const target = path.length === 1
    ? [list.length]
    : await placeIn(edits, file, list, archived[Number(path[0])]);
  await session.insertText(file, target, raw);
  // What asked for the move, either way, is done.
  const status = await session.textAt(file, [...target, "status"]);
  if (status !== undefined) {
    await session.edit(file, [{ path: [...target, "status"], value: undefined }]);
  }
  return JSON.parse(raw);
}

/** The end of a category, which is added where the index does not have it any more. */
async function placeIn(
  { session }: Edits,
  file: string,
  list: readonly unknown[],
  category: unknown,
): Promise<JsonPath> {
  const exact = list.findIndex((one) => isSameCategory(one, category));
  const like = list.findIndex((one) =>
    isRecord(one) && isRecord(category) && one.moduleName === category.moduleName &&
    one.type === category.type
  );
  const found = exact < 0 ? like : exact;
  if (found < 0) {
    const { templates: _, ...rest } = isRecord(category) ? category : {};
    const value = { ...rest, templates: [] } as JsonValue;
    await session.edit(file, [{ path: [list.length], value }]);
    return [list.length, "templates", 0];
  }
  const one = list[found];
  const templates = isRecord(one) && Array.isArray(one.templates) ? one.templates.length : 0;
  return [found, "templates", templates];
}

async function restoreTranslations(
  { repository: { config }, session }: Edits,
  id: string,
): Promise<void> {
  const source = `${config.archiveDir}/${ARCHIVED_TRANSLATIONS}`;
  for (const path of translationPaths(await session.json(source), id)) {
    const raw = await session.textAt(source, path);
    const group = await session.textAt(config.translations, path.slice(0, -1));
    if (raw === undefined || group === undefined) continue;
    await session.insertText(config.translations, path, raw);
    await session.edit(source, [{ path, value: undefined }]);
  }
}

function isShipped(entry: Readonly<Record<string, unknown>>): boolean {
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  return whyExcluded({
    includeOnDistributions: texts(entry.includeOnDistributions),
    requiresCustomNodes: texts(entry.requiresCustomNodes),
  }) === undefined;
}

function notArchived(id: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_NOT_ARCHIVED,
    `Cannot restore "${id}": the archive has no files of it`,
    { hint: "`git log --all -- '*ID*'` finds files that were deleted" },
  );
}

function noBundle(id: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_NO_BUNDLE,
    `Cannot restore "${id}": the archive does not tell which bundle it was in`,
    { hint: "Name one with --bundle" },
  );
}
