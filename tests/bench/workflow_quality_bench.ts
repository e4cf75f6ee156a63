/** How much of what workflows need is found: classes of the templates and of Manager's map, models with and without addresses. */
import { gunzipSync } from "node:zlib";
import { readAsset } from "../../src/base/mod.ts";
import { canonicalUrl, parseMappings } from "../../src/mappings/mod.ts";
import { readModelFolders } from "../../src/models/mod.ts";
import { openNodeIndex } from "../../src/nodes/mod.ts";
import {
  analyzeWorkflow,
  type NodeKnowledge,
  readLoaderTable,
  readWorkflow,
  rememberLookups,
  type ResolvedModel,
  resolveModels,
  resolveNodes,
  type WorkflowDependencies,
} from "../../src/workflows/mod.ts";
import { templateWorkflows } from "../support/template_workflows.ts";
import { report } from "./measurement.ts";
import {
  comfyuiClasses,
  knownWithout,
  modelKnowledge,
  withoutEmbedded,
} from "./workflow_corpus.ts";

const DRAWN = 2_000;
/** Loaders with fewer references are told together. */
const FEW = 10;
const SUBGRAPH = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const folders = await readModelFolders();
const table = await readLoaderTable();
const templates = new Map<string, unknown>();
const needs = new Map<string, WorkflowDependencies>();
for await (const [name, path] of templateWorkflows()) {
  const text = await Deno.readTextFile(path);
  templates.set(name, JSON.parse(text));
  needs.set(name, analyzeWorkflow(readWorkflow(text, name), table));
}

using index = await openNodeIndex();
const nodes = [...needs.values()].flatMap((one) => one.nodes);
const builtins = await comfyuiClasses(index, nodes.map(({ type }) => type));
const knowledge: NodeKnowledge = {
  builtins,
  comfyuiVersion: undefined,
  installed: [],
  index: rememberLookups(index),
  choices: { nodes: {}, prefer: [], deny: [] },
};
measureTemplateNodes();
await measureDrawnNames();
await measureModels();

function measureTemplateNodes(): void {
  let all = 0;
  let resolved = 0;
  let wrong = 0;
  const found = [...needs.values()].flatMap((one) => resolveNodes(one.nodes, knowledge));
  for (const { need, outcome, chosen } of found) {
    const instances = need.places.length;
    all += instances;
    if (outcome !== "unknown" && outcome !== "ambiguous") resolved += instances;
    const isBuiltin = builtins.has(need.type) || need.registryId === "comfy-core";
    if (isBuiltin && chosen !== undefined) wrong += instances;
  }
  const how = `${count(all)} instances in ${templates.size} templates`;
  report({
    name: "nodes of the templates that are resolved",
    value: 100 * resolved / all,
    unit: "%",
    bound: 98,
    atLeast: true,
    how,
  });
  report({
    name: "of them builtins given to a pack that claims their name",
    value: wrong,
    unit: "nodes",
    bound: 0,
    how,
  });
}

async function measureDrawnNames(): Promise<void> {
  const { mappings, packages } = parseMappings(
    gunzipSync(await readAsset("data/node_mappings.json.gz")),
    "starter index",
  );
  const isCore = (type: string) => index.lookup(type)[0]?.evidence === "builtin";
  const claimed = Object.keys(mappings).filter((key) => !isCore(typeOf(key)));
  const isRight = (key: string): boolean => {
    const type = typeOf(key);
    const entries = mappings[key]!;
    const taker = entries.find(({ package_id }) =>
      packages[package_id]?.preemptions?.includes(type)
    );
    const best = taker ?? entries.find(({ rank }) => rank === 1)!;
    const [resolved] = resolveNodes([{ type, signature: "_", places: [] }], {
      ...knowledge,
      builtins: new Set(),
    });
    const first = resolved?.candidates[0]?.repository;
    const expected = packages[best.package_id]?.repository ?? "";
    return first !== undefined && canonicalUrl(first) === canonicalUrl(expected);
  };
  const single = claimed.filter((key) => mappings[key]!.length === 1);
  const drawn = Array.from(
    { length: DRAWN },
    (_, at) => single[Math.floor(at * single.length / DRAWN)]!,
  );
  const contested = claimed.filter((key) => mappings[key]!.length > 1);
  report({
    name: "class names that one pack claims, with the right repository",
    value: 100 * drawn.filter(isRight).length / drawn.length,
    unit: "%",
    bound: 99,
    atLeast: true,
    how: `${count(drawn.length)} drawn from ComfyUI-Manager's map`,
  });
  report({
    name: "class names that several claim, rank 1 shown first",
    value: 100 * contested.filter(isRight).length / contested.length,
    unit: "%",
    bound: 100,
    atLeast: true,
    how: `all ${count(contested.length)} of ComfyUI-Manager's map`,
  });
}

async function measureModels(): Promise<void> {
  const without = await knownWithout(templates);
  const nothing = modelKnowledge(folders, () => []);
  const given: ResolvedModel[] = [];
  const stripped: ResolvedModel[] = [];
  const noted: ResolvedModel[] = [];
  for (const [name, json] of templates) {
    const { models, links } = needs.get(name)!;
    given.push(...resolveModels(models, links, nothing));
    const bare = readWorkflow(JSON.stringify(withoutEmbedded(json)), name);
    const left = analyzeWorkflow(bare, table);
    stripped.push(...resolveModels(left.models, [], without(name)));
    noted.push(...resolveModels(left.models, left.links, without(name)));
  }
  reportShare("models that can be fetched, with the addresses in the workflow", given, 95);
  reportShare(
    "models that can be fetched by name alone, the list made without the workflow",
    stripped,
    80,
  );
  reportShare("the same with the links in the workflow's notes", noted);
  const loaderOf = ({ reference: { place: { type } } }: ResolvedModel) =>
    SUBGRAPH.test(type) ? "subgraphs" : `\`${type}\``;
  const sizes = Map.groupBy(stripped, loaderOf);
  const groupOf = (model: ResolvedModel) =>
    sizes.get(loaderOf(model))!.length < FEW ? "other loaders" : loaderOf(model);
  const groups = [...Map.groupBy(stripped, groupOf)].sort(([, a], [, b]) => b.length - a.length);
  for (const [loader, models] of groups) reportShare(`— by name alone, ${loader}`, models);
}

function reportShare(name: string, models: readonly ResolvedModel[], bound?: number): void {
  const found = models.filter(({ outcome }) => outcome === "downloadable").length;
  report({
    name,
    value: 100 * found / models.length,
    unit: "%",
    bound,
    atLeast: bound !== undefined,
    how: `${count(found)} of ${count(models.length)} references`,
  });
}

function typeOf(key: string): string {
  return key.slice(0, key.lastIndexOf("::"));
}

function count(number: number): string {
  return number.toLocaleString("en");
}
