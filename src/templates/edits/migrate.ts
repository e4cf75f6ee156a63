import { ComfydockError } from "../../base/mod.ts";
import { readWorkflow, type Workflow, type WorkflowNode } from "../../workflows/mod.ts";
import type { JsonEdit, JsonValue } from "../../workflows/json/mod.ts";
import { templateErrors } from "../errors.ts";
import { isRecord } from "../repository/mod.ts";
import { refreshDigests } from "./manifest_edits.ts";
import { finishEdits, isKnown, openEdits, requireTemplate } from "./open_edits.ts";
import { filesById } from "./own_files.ts";
import { renameTemplate } from "./rename.ts";
import type { EditPlan } from "./types.ts";

/** What is brought up to date. */
export interface MigrateOptions {
  /** Templates whose workflows are looked at; default all. */
  readonly ids?: readonly string[];
  /** New ids by old ones. */
  readonly renames?: ReadonlyMap<string, string>;
}

/**
 * Plans to bring templates up to date: lists of models at the top of workflows go to the nodes that use them, and ids
 * change everywhere as a map says.
 *
 * @throws `E_NO_TEMPLATE`, `E_BAD_TEMPLATE`, `E_TEMPLATE_EXISTS`, `E_FROZEN`, `WORKFLOW_INVALID`
 */
export async function planMigrate(
  root: string,
  { ids, renames = new Map() }: MigrateOptions = {},
): Promise<EditPlan> {
  const edits = await openEdits(root);
  const { repository: { config }, session } = edits;
  const notes: string[] = [];
  const touched: string[] = [];
  for (const id of ids ?? []) requireTemplate(edits, id);
  const names = await filesById(edits);
  const workflows = new Set(edits.index.templates.map(({ name }) => name));
  for (const id of ids ?? [...names.keys()].filter((one) => workflows.has(one))) {
    const file = `${config.templatesDir}/${id}.json`;
    const text = await session.text(file);
    if (text === undefined) continue;
    const found = modelEdits(text, file);
    if (found.edits.length > 0) touched.push(id);
    await session.edit(file, found.edits);
    for (const name of found.homeless) {
      notes.push(`${file} lists the model "${name}", which no node of it uses; it stays there`);
    }
  }
  await refreshDigests(edits);
  const gone: string[] = [];
  for (const [from, to] of renames) {
    // A map that was applied before has nothing left to rename.
    if (!isKnown(edits, from) && isKnown(edits, to)) continue;
    await renameTemplate(edits, from, to, gone);
    gone.push(from);
    touched.push(to);
  }
  return finishEdits(edits, touched.filter((id) => !renames.has(id)), notes);
}

/** Edits that take models from the top of a workflow to its nodes, and the names of those that no node uses. */
function modelEdits(
  text: string,
  file: string,
): { readonly edits: readonly JsonEdit[]; readonly homeless: readonly string[] } {
  const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
  const listed = isRecord(value) && Array.isArray(value.models) ? value.models : undefined;
  if (!listed) return { edits: [], homeless: [] };
  const workflow = readWorkflow(text, file);
  const edits: JsonEdit[] = [];
  const homeless: number[] = [];
  const names: string[] = [];
  const added = new Map<WorkflowNode, JsonValue[]>();
  for (const [at, model] of listed.entries()) {
    const name: unknown = isRecord(model) ? model.name : undefined;
    const nodes = typeof name === "string" ? usersOf(workflow, name) : [];
    if (nodes.length === 0) {
      homeless.push(at);
      names.push(typeof name === "string" ? name : `number ${at + 1}`);
      continue;
    }
    for (const node of nodes) {
      const there = Array.isArray(node.properties.models) ? node.properties.models : [];
      if (there.some((one) => isRecord(one) && one.name === name)) continue;
      added.set(node, [...added.get(node) ?? [], model as JsonValue]);
    }
  }
  for (const [node, models] of added) edits.push(...nodeEdits(node, models));
  const gone = [...listed.keys()].filter((at) => !homeless.includes(at)).toReversed();
  if (homeless.length === 0) edits.push({ path: ["models"], value: undefined });
  else edits.push(...gone.map((at) => ({ path: ["models", at], value: undefined })));
  return { edits, homeless: names };
}

function usersOf({ nodes }: Workflow, name: string): readonly WorkflowNode[] {
  const base = name.split(/[\\/]/).at(-1);
  return nodes.filter(({ role, widgets }) =>
    role === "node" &&
    widgets.some(({ value }) => typeof value === "string" && value.split(/[\\/]/).at(-1) === base)
  );
}

function nodeEdits(node: WorkflowNode, models: readonly JsonValue[]): readonly JsonEdit[] {
  const path = [...node.path, "properties"];
  if (!node.hasProperties) return [{ path, value: { models } }];
  const there = node.properties.models;
  if (!Array.isArray(there)) return [{ path: [...path, "models"], value: models }];
  return models.map((value, at) => ({ path: [...path, "models", there.length + at], value }));
}

/**
 * Reads a map of ids: a JSON object, new ids by old ones.
 *
 * @param file For messages.
 * @throws `E_BAD_TEMPLATE`
 */
export function parseRenames(text: string, file: string): ReadonlyMap<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badMap(file, "it is not JSON", cause);
  }
  if (!isRecord(value)) throw badMap(file, "it is no object of new ids by old ones");
  return new Map(
    Object.entries(value).map(([from, to]) => {
      if (typeof to !== "string") throw badMap(file, `the new id of "${from}" is no text`);
      return [from, to];
    }),
  );
}

function badMap(file: string, why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(
    templateErrors.E_BAD_TEMPLATE,
    `Cannot rename after "${file}": ${why}`,
    {
      hint: 'It reads {"old_id": "new_id"}',
      cause,
    },
  );
}
