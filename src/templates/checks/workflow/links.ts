import { SUBGRAPH_INPUT, type WorkflowLink, type WorkflowNode } from "../../../workflows/mod.ts";
import { isRecord } from "../../repository/mod.ts";
import { valueAt } from "./value_at.ts";
import type { OpenWorkflow } from "./types.ts";

/** The id that links inside a subgraph have as their target when they lead outside. */
const SUBGRAPH_OUTPUT = "-20";

interface Scope {
  readonly nodes: Map<string, WorkflowNode>;
  readonly links: Set<string>;
}

/** Finds links that lead nowhere, and nodes that name links that are not there. */
export function checkLinks(open: OpenWorkflow): void {
  const { workflow } = open;
  if (workflow.format === "api") return;
  const scopes = new Map<string, Scope>();
  const scopeOf = (scope: readonly string[]) => {
    const key = JSON.stringify(scope);
    const found = scopes.get(key) ?? { nodes: new Map(), links: new Set() };
    scopes.set(key, found);
    return found;
  };
  for (const node of workflow.nodes) scopeOf(node.scope).nodes.set(node.id, node);
  for (const link of workflow.links) scopeOf(link.scope).links.add(link.id);
  for (const link of workflow.links) checkEnds(open, link, scopeOf(link.scope));
  for (const node of workflow.nodes) {
    // The nodes of a group node are joined by position, not by ids of links.
    if (node.path[0] === "extra") continue;
    checkNamedLinks(open, node, scopeOf(node.scope).links);
  }
}

function checkEnds(open: OpenWorkflow, link: WorkflowLink, { nodes }: Scope): void {
  const inside = link.scope.length > 0;
  if (open.workflow.subgraphs.some(({ path, scope }) => path[0] === "extra" && same(scope, link))) {
    return;
  }
  const path = linksPath(open, link);
  const from = nodes.get(link.from);
  const to = nodes.get(link.to);
  const say = (what: string) =>
    open.fault("E_BROKEN_LINK", path, `Link ${link.id} ${what}`, {
      hint: "Connect the nodes anew in ComfyUI, and save the workflow",
      details: { link: link.id, from: link.from, to: link.to },
    });
  if (!from && !(inside && link.from === SUBGRAPH_INPUT)) {
    say(`comes from node ${link.from}, which is not there`);
  } else if (from && link.fromSlot >= from.outputs.length) {
    say(`leaves output ${link.fromSlot} of node ${link.from}, which has ${from.outputs.length}`);
  }
  if (!to && !(inside && link.to === SUBGRAPH_OUTPUT)) {
    say(`leads to node ${link.to}, which is not there`);
  } else if (to && typeof link.toSlot === "number" && link.toSlot >= to.inputs.length) {
    say(`enters input ${link.toSlot} of node ${link.to}, which has ${to.inputs.length}`);
  }
}

function same(scope: readonly string[], link: WorkflowLink): boolean {
  return JSON.stringify(scope) === JSON.stringify(link.scope);
}

/** Where a link stands: in the list of its graph, at the item with its id. */
function linksPath({ document, workflow }: OpenWorkflow, link: WorkflowLink) {
  const graph = link.scope.length === 0
    ? []
    : workflow.subgraphs.find(({ scope }) => same(scope, link))?.path ?? [];
  const list = valueAt(document.value, [...graph, "links"]);
  const at = Array.isArray(list)
    ? list.findIndex((item) => `${Array.isArray(item) ? item[0] : item?.id}` === link.id)
    : -1;
  return at < 0 ? [...graph, "links"] : [...graph, "links", at];
}

function checkNamedLinks(
  open: OpenWorkflow,
  { id, path, inputs }: WorkflowNode,
  links: ReadonlySet<string>,
): void {
  const say = (link: string, place: readonly (string | number)[], what: string) =>
    open.fault("E_UNKNOWN_LINK", place, `Node ${id} names link ${link} at ${what}`, {
      hint: "Connect the node anew in ComfyUI, and save the workflow",
      details: { node: id, link },
    });
  for (const [at, { name, link }] of inputs.entries()) {
    if (link !== undefined && !links.has(link)) {
      say(link, [...path, "inputs", at, "link"], `input "${name}", and there is no such link`);
    }
  }
  const outputs = valueAt(open.document.value, [...path, "outputs"]);
  for (const [at, output] of (Array.isArray(outputs) ? outputs : []).entries()) {
    // `links` is null where nothing was ever connected.
    const named: unknown[] = isRecord(output) && Array.isArray(output.links) ? output.links : [];
    for (const [index, link] of named.entries()) {
      if (links.has(`${link}`)) continue;
      const place = [...path, "outputs", at, "links", index];
      say(`${link}`, place, `output ${at}, and there is no such link`);
    }
  }
}
