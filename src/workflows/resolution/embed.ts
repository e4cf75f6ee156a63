import type { Workflow, WorkflowNode } from "../graph/mod.ts";
import type { JsonEdit, JsonValue } from "../json/mod.ts";
import { baseName } from "../dependencies/mod.ts";
import type { ResolvedModel } from "./model_types.ts";

/** What a workflow shall say of a model from now on. */
interface Facts {
  readonly name: string;
  readonly url?: string;
  readonly directory?: string;
  readonly hash?: string;
  readonly hash_type?: string;
}

/**
 * Plans the edits that put what is known of each model beside the node that loads it, in `properties.models`: name,
 * address, folder and digest. What stands there already and is known no better stays.
 *
 * @param urlOf The address that a model can be had from, where one is known.
 */
export function planEmbedding(
  workflow: Workflow,
  models: readonly ResolvedModel[],
  urlOf: (model: ResolvedModel) => string | undefined,
): readonly JsonEdit[] {
  if (workflow.format === "api") return [];
  const nodes = new Map(workflow.nodes.map((node) => [placeKey(node), node]));
  const byNode = Map.groupBy(models, ({ reference: { place } }) => placeKey(place));
  return [...byNode].flatMap(([key, members]) => {
    const node = nodes.get(key);
    return node && node.role === "node" ? editsOf(node, members, urlOf) : [];
  });
}

function editsOf(
  node: WorkflowNode,
  models: readonly ResolvedModel[],
  urlOf: (model: ResolvedModel) => string | undefined,
): readonly JsonEdit[] {
  const edits: JsonEdit[] = [];
  const added: Facts[] = [];
  for (const model of models) {
    const facts = factsOf(model, urlOf(model));
    const { embedded } = model.reference;
    if (embedded) edits.push(...improve(embedded, facts));
    else if (facts.hash !== undefined || facts.url !== undefined) added.push(facts);
  }
  return [...edits, ...append(node, added)];
}

function factsOf(
  { reference, file, offers, value }: ResolvedModel,
  url: string | undefined,
): Facts {
  const digest = file?.sha256 !== undefined
    ? { hash: file.sha256, hash_type: "SHA256" }
    : file
    ? { hash: file.blake3, hash_type: "BLAKE3" }
    : {};
  return {
    name: baseName(value ?? reference.value),
    url: url ?? offers[0]?.url,
    directory: file?.folder ?? reference.folders[0],
    ...digest,
  };
}

function improve(
  embedded: NonNullable<ResolvedModel["reference"]["embedded"]>,
  facts: Facts,
): readonly JsonEdit[] {
  const set = (key: string, value: string | undefined): readonly JsonEdit[] =>
    value === undefined ? [] : [{ path: [...embedded.path, key], value }];
  // A digest that was saved with the node stays: it says which file was meant.
  const digest = embedded.hash === undefined
    ? [...set("hash", facts.hash), ...set("hash_type", facts.hash_type)]
    : [];
  return [
    ...(embedded.url === undefined ? set("url", facts.url) : []),
    ...(embedded.directory === undefined ? set("directory", facts.directory) : []),
    ...digest,
  ];
}

function append(node: WorkflowNode, added: readonly Facts[]): readonly JsonEdit[] {
  if (added.length === 0) return [];
  const values = added.map((facts) => JSON.parse(JSON.stringify(facts)) as JsonValue);
  const path = [...node.path, "properties"];
  const { models } = node.properties;
  if (Array.isArray(models)) {
    return values.map((value, index) => ({
      path: [...path, "models", models.length + index],
      value,
    }));
  }
  return node.hasProperties
    ? [{ path: [...path, "models"], value: values }]
    : [{ path, value: { models: values } }];
}

function placeKey({ scope, id }: Pick<WorkflowNode, "scope" | "id">): string {
  return [...scope, id].join("\0");
}
