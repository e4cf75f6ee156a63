import { ComfydockError, counted, nearest } from "../../base/mod.ts";
import type { JsonValue } from "../../workflows/json/mod.ts";
import { templateErrors } from "../errors.ts";
import type { TemplateCategory } from "../types.ts";
import { requireOpenBundle, usualBundle } from "./bundle_rules.ts";
import { entryOfDraft, type TemplateDraft } from "./draft.ts";
import { addToManifest, refreshDigests } from "./manifest_edits.ts";
import { type Edits, finishEdits, openEdits, requireNewId } from "./open_edits.ts";
import type { EditPlan } from "./types.ts";

/**
 * Plans to add a template: workflow and thumbnails, an entry in the index and in each translation, bundle, manifest.
 *
 * @throws `E_BAD_TEMPLATE`, `E_TEMPLATE_EXISTS`, `E_FILE_EXISTS`, `E_NO_BUNDLE`, `E_NO_CATEGORY`, `E_FROZEN`,
 * `WORKFLOW_INVALID`
 */
export async function planAdd(root: string, draft: TemplateDraft): Promise<EditPlan> {
  const edits = await openEdits(root);
  const { repository, index, locales, session } = edits;
  const { config, bundles } = repository;
  const { id, workflow, thumbnails } = draft;
  requireNewId(edits, id);
  const bundle = draft.bundle ?? usualBundle(repository, draft);
  requireOpenBundle(repository, bundle, `Cannot add "${id}"`);
  const entry = await entryOfDraft({ ...draft, bundle });
  const category = chooseCategory(edits, draft);
  const files = [
    { name: `${id}.json`, content: workflow },
    ...thumbnails.map(({ extension, content }, at) => ({
      name: `${id}-${at + 1}.${extension}`,
      content,
    })),
  ];
  for (const { name, content } of files) {
    await session.create(`${config.templatesDir}/${name}`, content);
  }
  const notes: string[] = [];
  for (const one of [index, ...locales]) {
    // Translations have the categories of the index in its order, under titles of their own.
    const like = one.categories.find(({ at, moduleName }) =>
      at[0] === category.at[0] && moduleName === category.moduleName
    ) ?? one.categories.find(({ moduleName }) =>
      moduleName === category.moduleName
    );
    if (!like) {
      notes.push(`${one.document.path} has no category "${category.moduleName}"`);
      continue;
    }
    const path = [...like.at, "templates", like.templates.length];
    await session.edit(one.document.path, [{ path, value: entry }]);
  }
  const list = bundles.list.find(({ name }) => name === bundle);
  await session.edit(config.bundles, [{ path: [bundle, list?.ids.length ?? 0], value: id }]);
  if (!Array.isArray(entry.requiresCustomNodes)) {
    await addToManifest(edits, { id, bundle, files: files.map(({ name }) => name) });
  } else notes.push(`"${id}" needs custom nodes, so that Python packages leave it out`);
  await refreshDigests(edits);
  if (locales.length > 0) {
    notes.push(`Translate title and description in ${counted(locales.length, "file")}`);
  }
  notes.push(...await missingInputs(edits, entry));
  return finishEdits(edits, [id], notes);
}

/** Input files of the workflow that the repository does not have. */
async function missingInputs(
  { repository: { files, config } }: Edits,
  { io }: Readonly<Record<string, JsonValue>>,
): Promise<readonly string[]> {
  const there = new Set(await files.list(config.inputDir));
  const inputs = (io as { readonly inputs: readonly { readonly file: string }[] } | undefined)
    ?.inputs ?? [];
  return inputs.map(({ file }) => `${config.inputDir}/${file}`)
    .filter((path) => !there.has(path))
    .map((path) => `The workflow reads "${path}", which is not there yet`);
}

function chooseCategory(
  { index: { categories } }: Edits,
  { id, category: named, mediaType }: TemplateDraft,
): TemplateCategory {
  const found = named === undefined
    ? categories.find(({ type }) => type === mediaType)
    : categories.find(({ title }) => title === named) ??
      categories.find(({ moduleName }) => moduleName === named);
  if (found) return found;
  const titles = categories.map(({ title }) => title);
  const near = named === undefined ? undefined : nearest(named, titles);
  throw new ComfydockError(
    templateErrors.E_NO_CATEGORY,
    named === undefined
      ? `Cannot choose a category for "${id}": none has the type "${mediaType}"`
      : `Cannot add "${id}": the index has no category "${named}"`,
    {
      hint: near === undefined
        ? `Name one with --category: ${titles.join(", ")}`
        : `Did you mean "${near}"?`,
    },
  );
}
