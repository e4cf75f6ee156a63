import { compareVersions, counted } from "../../base/mod.ts";
import { readWhitelist, type WorkflowFacts, workflowReader } from "../checks/mod.ts";
import { type Finding, finding, sortFindings } from "../findings/mod.ts";
import {
  openRepository,
  placeIn,
  readIndexes,
  type RepositoryFiles,
  type RevisionFiles,
} from "../repository/mod.ts";
import type { TemplateEntry, TemplateIndex } from "../types.ts";

/** What a comparison of two releases found. */
export interface CompatReport {
  /** Breaking changes that nobody acknowledged, and warnings. */
  readonly findings: readonly Finding[];
  /** Breaking changes that were acknowledged. */
  readonly acknowledged: readonly Finding[];
  /** Ids of templates that are new. */
  readonly added: readonly string[];
}

/** The templates of a repository at one point. */
interface Side {
  readonly files: RepositoryFiles;
  readonly templatesDir: string;
  readonly index?: TemplateIndex;
}

/**
 * Finds what users of an earlier release would miss: templates, models, inputs, versions of ComfyUI, categories.
 *
 * @param before The earlier release.
 * @param now The working copy or a later commit.
 * @param acknowledged Ids, or titles of categories, whose changes are meant.
 */
export async function compareReleases(
  before: RevisionFiles,
  now: RepositoryFiles,
  acknowledged: ReadonlySet<string> = new Set(),
): Promise<CompatReport> {
  const [old, present] = [await openSide(before), await openSide(now)];
  const entries = new Map(present.index?.templates.map((entry) => [entry.name, entry]));
  const earlier = new Map(old.index?.templates.map((entry) => [entry.name, entry]));
  const added = [...entries.keys()].filter((name) => !earlier.has(name));
  const found: Finding[] = [];
  const contents = await contentsOf(present, added);
  const { value: whitelist } = await readWhitelist(now, (await openRepository(now)).config);
  const read = workflowReader(whitelist);
  for (const entry of earlier.values()) {
    const other = entries.get(entry.name);
    if (!other) found.push(await gone(old, present, entry, contents));
    else found.push(...versionRaised(present, entry, other));
    if (!other) continue;
    const [left, right] = await Promise.all([old, present].map(async (side) => {
      const facts = await read(side.files, pathOf(side, entry.name));
      return facts === "no workflow" ? undefined : facts;
    }));
    found.push(...usesRemoved(pathOf(present, entry.name), entry.name, left, right));
  }
  found.push(...categories(old, present));
  const meant = (one: Finding) =>
    [one.details?.id, one.details?.category].some((id) => acknowledged.has(String(id)));
  return {
    findings: sortFindings(found.filter((one) => !meant(one))),
    acknowledged: sortFindings(found.filter(meant)),
    added,
  };
}

async function openSide(files: RepositoryFiles): Promise<Side> {
  const { config } = await openRepository(files);
  const { value: { index } } = await readIndexes(files, config);
  return { files, templatesDir: config.templatesDir, index };
}

function pathOf({ templatesDir }: Side, id: string): string {
  return `${templatesDir}/${id}.json`;
}

/** Ids of new templates by the text of their workflow, by which renamed ones are known. */
async function contentsOf(
  side: Side,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  for (const id of ids) {
    const text = await textOf(side, id);
    if (text !== undefined) contents.set(text, id);
  }
  return contents;
}

async function textOf(side: Side, id: string): Promise<string | undefined> {
  const bytes = await side.files.read(pathOf(side, id));
  return bytes && new TextDecoder().decode(bytes);
}

async function gone(
  old: Side,
  present: Side,
  { name }: TemplateEntry,
  contents: ReadonlyMap<string, string>,
): Promise<Finding> {
  const file = present.index?.document.path ?? pathOf(present, name);
  const text = await textOf(old, name);
  const successor = text === undefined ? undefined : contents.get(text);
  return successor === undefined
    ? finding(
      "E_TEMPLATE_REMOVED",
      { file },
      `The template "${name}" of ${old.files.label} is gone`,
      {
        details: { id: name },
      },
    )
    : finding(
      "E_TEMPLATE_RENAMED",
      { file },
      `The template "${name}" is called "${successor}" now`,
      {
        details: { id: name, to: successor },
      },
    );
}

function versionRaised(
  { index }: Side,
  { name, minComfyUIVersion: before }: TemplateEntry,
  { minComfyUIVersion: now, at }: TemplateEntry,
): readonly Finding[] {
  // Newer versions come first.
  if (now === undefined || before === now || !index) return [];
  if (before !== undefined && compareVersions(now, before) > 0) return [];
  return [
    finding(
      "E_MIN_VERSION_RAISED",
      placeIn(index.document, [...at, "minComfyUIVersion"]),
      `Template "${name}" needs ComfyUI ${now}, and needed ${
        before ?? "no certain version"
      } before`,
      { details: { id: name, before, now } },
    ),
  ];
}

function usesRemoved(
  file: string,
  id: string,
  before: WorkflowFacts | undefined,
  now: WorkflowFacts | undefined,
): readonly Finding[] {
  if (!before || !now) return [];
  const models = new Set(now.models.map(({ name }) => name));
  const lost = [...new Set(before.models.map(({ name }) => name))].filter((name) =>
    !models.has(name)
  );
  const fewer = before.inputs.length > now.inputs.length;
  return [
    ...lost.map((model) =>
      finding("E_MODEL_REMOVED", { file }, `Template "${id}" does not use "${model}" any more`, {
        details: { id, model },
      })
    ),
    ...fewer
      ? [
        finding(
          "E_INPUT_REMOVED",
          { file },
          `Template "${id}" reads ${
            counted(now.inputs.length, "file")
          }, and read ${before.inputs.length} before`,
          { details: { id, before: before.inputs.length, now: now.inputs.length } },
        ),
      ]
      : [],
  ];
}

function categories(old: Side, { index }: Side): readonly Finding[] {
  const file = index?.document.path ?? old.index?.document.path ?? ".";
  return (old.index?.categories ?? []).flatMap(({ title, isEssential, templates }) => {
    const other = index?.categories.find((category) => category.title === title);
    if (other && (other.templates.length > 0 || templates.length === 0)) return [];
    const details = { category: title };
    if (isEssential) {
      return [
        finding("E_CATEGORY_EMPTIED", { file }, `The essential category "${title}" is empty`, {
          details,
        }),
      ];
    }
    return [
      finding("W_CATEGORY_REMOVED", { file }, `The category "${title}" is gone`, { details }),
    ];
  });
}
