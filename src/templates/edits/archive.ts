import { ComfydockError, sha256OfText } from "../../base/mod.ts";
import type { JsonValue } from "../../workflows/json/mod.ts";
import { templateErrors } from "../errors.ts";
import { isRecord } from "../repository/mod.ts";
import { refreshDigests } from "./manifest_edits.ts";
import { entryPaths, removeEverywhere, translationPaths } from "./occurrences.ts";
import { type Edits, finishEdits, isKnown, openEdits, requireTemplate } from "./open_edits.ts";
import { filesOf } from "./own_files.ts";
import { type RecordedFile, recordText } from "./records.ts";
import type { EditPlan } from "./types.ts";

/** Where archived translations stand, below the archive. */
export const ARCHIVED_TRANSLATIONS = "archived_i18n.json";

/** Where the record of an archived template stands. */
export function recordFile({ repository: { config } }: Edits, id: string): string {
  return `${config.archiveDir}/records/${id}.json`;
}

/**
 * Plans to take templates out of what is published: their files go to the archive, and so do their entries in the index,
 * in translations; they leave bundles and manifest. A record beside them lets each come back to the byte.
 *
 * @throws `E_NO_TEMPLATE`, `E_FILE_EXISTS` when the archive has such a file already
 */
export async function planArchive(root: string, ids: readonly string[]): Promise<EditPlan> {
  const edits = await openEdits(root);
  for (const id of ids) await archiveTemplate(edits, id);
  return finishEdits(edits, ids);
}

async function archiveTemplate(edits: Edits, id: string): Promise<void> {
  const { repository: { config, bundles }, indexFiles, session } = edits;
  if (!isKnown(edits, id) && await session.text(recordFile(edits, id)) !== undefined) {
    throw isArchived(id);
  }
  requireTemplate(edits, id);
  session.startRecord();
  for (const file of indexFiles) await archiveEntry(edits, file, id);
  await archiveTranslations(edits, id);
  await removeEverywhere(edits, id);
  for (const name of await filesOf(edits, id)) {
    await session.move(`${config.templatesDir}/${name}`, `${config.archiveDir}/${name}`);
  }
  await refreshDigests(edits);
  const files: RecordedFile[] = [];
  for (const [file, splices] of session.record) {
    const sha256 = await sha256OfText(await session.text(file) ?? "");
    files.push({ file, sha256, ...splices && { splices } });
  }
  const bundle = bundles.bundleOf.get(id);
  await session.create(recordFile(edits, id), recordText({ id, bundle, files }));
}

/** Where the entries of an index file go. */
export function archivedFile({ repository: { config } }: Edits, file: string): string {
  return `${config.archiveDir}/${file.slice(file.lastIndexOf("/") + 1)}`;
}

/** Adds the entry of a template to the index of the archive, in a category like its own. */
async function archiveEntry(edits: Edits, file: string, id: string): Promise<void> {
  const { session } = edits;
  const value = await session.json(file);
  const [path] = entryPaths(value, id);
  const raw = path && await session.textAt(file, path);
  if (path === undefined || raw === undefined || !Array.isArray(value)) return;
  const target = archivedFile(edits, file);
  await startFile(edits, target, []);
  const there = await session.json(target);
  const list: readonly unknown[] = Array.isArray(there) ? there : [];
  if (path.length === 1) return await session.insertText(target, [list.length], raw);
  const category: unknown = value[Number(path[0])];
  const found = list.findIndex((one) => isSameCategory(one, category));
  if (found < 0) {
    const { templates: _, ...rest } = isRecord(category) ? category : {};
    await session.edit(target, [
      { path: [list.length], value: { ...rest, templates: [] } as JsonValue },
    ]);
  }
  const at = found < 0 ? list.length : found;
  // One that was made just now has none yet.
  const archived = list[at];
  const templates = isRecord(archived) && Array.isArray(archived.templates)
    ? archived.templates.length
    : 0;
  await session.insertText(target, [at, "templates", templates], raw);
}

/** Whether two categories are the same one, also where one of them has no title. */
export function isSameCategory(left: unknown, right: unknown): boolean {
  return isRecord(left) && isRecord(right) && left.moduleName === right.moduleName &&
    left.type === right.type && left.category === right.category && left.title === right.title;
}

async function archiveTranslations(edits: Edits, id: string): Promise<void> {
  const { repository: { config }, session } = edits;
  const paths = translationPaths(await session.json(config.translations), id);
  const target = `${config.archiveDir}/${ARCHIVED_TRANSLATIONS}`;
  for (const path of paths) {
    const raw = await session.textAt(config.translations, path);
    if (raw === undefined) continue;
    await startFile(edits, target, {});
    for (const [length] of path.slice(0, -1).entries()) {
      const group = path.slice(0, length + 1);
      if (await session.textAt(target, group) !== undefined) continue;
      await session.edit(target, [{ path: group, value: {} }]);
    }
    await session.insertText(target, path, raw);
  }
}

function isArchived(id: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_NO_TEMPLATE,
    `Cannot archive "${id}": it is in the archive already`,
    { hint: `Run \`comfydock templates restore ${id}\` to take it back` },
  );
}

async function startFile({ session }: Edits, path: string, value: JsonValue): Promise<void> {
  if (await session.text(path) === undefined) {
    await session.create(path, `${JSON.stringify(value)}\n`);
  }
}
