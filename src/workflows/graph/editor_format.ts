import { invalidData, type JsonRecord } from "../../base/mod.ts";
import type { JsonPath } from "../json/mod.ts";
import { entriesOf, idOf, isRecord, listOf, textOf } from "./fields.ts";
import { readGroups, readLinks } from "./links.ts";
import { groupName, readEditorNode } from "./node.ts";
import type { SubgraphDefinition, Workflow, WorkflowNode } from "./types.ts";

const MAX_NODES = 100_000;
const MAX_DEPTH = 32;

/** A graph inside a workflow: the root, a subgraph, or the content of a group node. */
interface Graph {
  readonly data: JsonRecord;
  readonly path: JsonPath;
  readonly where: string;
  /** What it is called by the nodes that stand for it; the root is called nothing. */
  readonly name: string;
  readonly title: string;
  readonly isGroup: boolean;
}

/**
 * Reads what the editor saves, formats 0.4 and 1.
 *
 * @throws `DATA_INVALID` with the path of what is wrong
 */
export function readEditorFormat(data: JsonRecord): Workflow {
  const root: Graph = { data, path: [], where: "$", name: "", title: "", isGroup: false };
  const inner = [...readDefinitions(root, 0), ...readGroupNodes(data)];
  const subgraphs = new Set(inner.filter(({ isGroup }) => !isGroup).map(({ name }) => name));
  const groups = new Set(inner.filter(({ isGroup }) => isGroup).map(({ name }) => name));
  const scopes = findScopes([root, ...inner]);
  const nodes: WorkflowNode[] = [];
  for (const graph of [root, ...inner]) {
    const scope = scopes.get(graph) ?? [graph.name];
    for (const [key, node] of entriesOf(graph.data.nodes, `${graph.where}.nodes`)) {
      if (nodes.length === MAX_NODES) {
        throw invalidData("$.nodes", `at most ${MAX_NODES} nodes`, "more");
      }
      nodes.push(readEditorNode(node, {
        scope,
        path: [...graph.path, "nodes", key],
        where: typeof key === "number"
          ? `${graph.where}.nodes[${key}]`
          : `${graph.where}.nodes.${key}`,
        subgraphs,
        groups,
        id: graph.isGroup ? `${key}` : typeof key === "string" ? idOf(node.id) ?? key : undefined,
      }));
    }
  }
  const parts = [root, ...inner].map((graph) =>
    [graph, scopes.get(graph) ?? [graph.name]] as const
  );
  return {
    format: "ui",
    version: typeof data.version === "number" ? data.version : undefined,
    nodes,
    links: parts.flatMap(([graph, scope]) => readLinks(graph.data.links, scope)),
    groups: parts.flatMap(([graph, scope]) => readGroups(graph.data.groups, scope)),
    subgraphs: parts.slice(1).map(([graph, scope]): SubgraphDefinition => ({
      id: graph.name,
      name: graph.title,
      scope,
      path: graph.path,
      inputs: listOf(graph.data.inputs).map((input) =>
        isRecord(input) ? textOf(input.name) ?? "" : ""
      ),
    })),
  };
}

function readDefinitions(graph: Graph, depth: number): readonly Graph[] {
  const { definitions } = graph.data;
  if (!isRecord(definitions)) return [];
  const where = `${graph.where}.definitions.subgraphs`;
  if (depth === MAX_DEPTH) throw invalidData(where, `at most ${MAX_DEPTH} levels`, "more");
  return listOf(definitions.subgraphs).flatMap((data, index): readonly Graph[] => {
    const place = `${where}[${index}]`;
    if (!isRecord(data)) throw invalidData(place, "a subgraph", data);
    const name = textOf(data.id);
    if (name === undefined) throw invalidData(`${place}.id`, "the id of the subgraph", data.id);
    const path = [...graph.path, "definitions", "subgraphs", index];
    const title = textOf(data.name) ?? name;
    const found = { data, path, where: place, name, title, isGroup: false };
    return [found, ...readDefinitions(found, depth + 1)];
  });
}

function readGroupNodes(data: JsonRecord): readonly Graph[] {
  const groups = isRecord(data.extra) ? data.extra.groupNodes : undefined;
  if (!isRecord(groups)) return [];
  return Object.entries(groups).flatMap(([name, content]): readonly Graph[] => {
    if (!isRecord(content)) return [];
    const where = `$.extra.groupNodes.${name}`;
    const path = ["extra", "groupNodes", name];
    return [{ data: content, path, where, name, title: name, isGroup: true }];
  });
}

// A definition that nothing uses keeps its own name as its scope.
function findScopes(graphs: readonly Graph[]): ReadonlyMap<Graph, readonly string[]> {
  const byName = new Map(graphs.slice(1).map((graph) => [graph.name, graph]));
  const scopes = new Map<Graph, readonly string[]>([[graphs[0]!, []]]);
  const queue = [graphs[0]!];
  for (let graph = queue.shift(); graph; graph = queue.shift()) {
    const scope = scopes.get(graph)!;
    for (const [, node] of entriesOf(graph.data.nodes, `${graph.where}.nodes`)) {
      const type = textOf(node.type) ?? "";
      const inner = byName.get(type) ?? byName.get(groupName(type));
      if (!inner || scopes.has(inner)) continue;
      scopes.set(inner, [...scope, inner.name]);
      queue.push(inner);
    }
  }
  return scopes;
}
