import type { NodeWidget, Workflow, WorkflowNode } from "../graph/mod.ts";
import type { JsonPath } from "../json/mod.ts";
import { readEmbedded } from "./embedded.ts";
import type { FileWidget, LoaderTable } from "./loader_table.ts";
import { loaderFinder } from "./promoted.ts";
import { baseName, isModelFile } from "./model_file.ts";
import { isNote } from "./note_links.ts";
import { placeOf } from "./places.ts";
import type { EmbeddedModel, ModelReference } from "./types.ts";

const EMBEDDING = /embedding:([^\s,:()[\]{}`]+)/g;
const MAX_DEPTH = 4;

/** Lists the model files that a workflow names, in the order of its nodes. */
export function readModelReferences(
  workflow: Workflow,
  table: LoaderTable,
): readonly ModelReference[] {
  const loadersOf = loaderFinder(workflow, table);
  return workflow.nodes.flatMap((node) => referencesOf(node, loadersOf(node)));
}

function referencesOf(
  node: WorkflowNode,
  loaders: readonly FileWidget[],
): readonly ModelReference[] {
  const embedded = readEmbedded(node);
  const place = placeOf(node);
  const found: ModelReference[] = [];
  for (const widget of node.widgets) {
    const loader = loaders.find(({ widget: name, index }) =>
      widget.key === name || widget.key === index
    );
    for (const { value, path } of textsIn(widget)) {
      for (const [, name] of isNote(node) ? [] : value.matchAll(EMBEDDING)) {
        found.push({ value: name!, folders: ["embeddings"], evidence: "embedding", place });
      }
      const known = embedded.find(({ name }) => name === baseName(value));
      if (!known && !loader && !isModelFile(value)) continue;
      if (loader && !isFileChoice(value)) continue;
      found.push({
        value,
        path,
        place,
        embedded: known,
        evidence: known ? "embedded" : loader ? "loader" : "extension",
        folders: loader?.folders ?? (known?.directory === undefined ? [] : [known.directory]),
      });
    }
  }
  const unnamed = embedded.filter((model) =>
    !found.some((reference) => reference.embedded === model)
  );
  return [...found, ...unnamed.map((model) => fromProperties(model, place))];
}

function fromProperties(model: EmbeddedModel, place: ModelReference["place"]): ModelReference {
  const folders = model.directory === undefined ? [] : [model.directory];
  return { value: model.name, folders, evidence: "embedded", place, embedded: model };
}

// Loaders offer words, too: `none`, `pixel_space`, `taesd`.
function isFileChoice(value: string): boolean {
  return /\.[A-Za-z0-9]{1,12}$/.test(value) || /[/\\]/.test(value);
}

/** Texts of a widget's value; packs keep lists and objects there, such as `{"on": true, "lora": "a.safetensors"}`. */
function textsIn(
  { value, path }: Pick<NodeWidget, "value" | "path">,
  depth = 0,
): readonly { readonly value: string; readonly path: JsonPath }[] {
  if (typeof value === "string") return [{ value, path }];
  if (typeof value !== "object" || value === null || depth === MAX_DEPTH) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, item]) =>
    textsIn({ value: item, path: [...path, key] }, depth + 1)
  );
}
