import {
  SUBGRAPH_INPUT,
  type SubgraphDefinition,
  type Workflow,
  type WorkflowNode,
} from "../graph/mod.ts";
import type { FileWidget, LoaderTable } from "./loader_table.ts";

const MAX_DEPTH = 32;

/** Tells which widgets of a node name model files. */
export type LoaderFinder = (node: WorkflowNode) => readonly FileWidget[];

/**
 * Makes a finder for one workflow: for classes from the table, for instances of subgraphs from the nodes inside on which
 * their values are set.
 */
export function loaderFinder(workflow: Workflow, table: LoaderTable): LoaderFinder {
  const nodes = new Map(workflow.nodes.map((node) => [key(node.scope, node.id), node]));
  const links = Map.groupBy(
    workflow.links.filter(({ from }) => from === SUBGRAPH_INPUT),
    ({ scope, fromSlot }) => key(scope, `${fromSlot}`),
  );
  const definitions = new Map(workflow.subgraphs.map((definition) => [definition.id, definition]));

  return (node) => {
    if (node.role === "node") return table.models.get(node.type) ?? [];
    const definition = definitions.get(node.type);
    if (!definition) return [];
    return [...byLinks(definition), ...byProxies(node, definition)];
  };

  // Values of an instance follow the inputs of the subgraph that lead to widgets.
  function byLinks({ scope, inputs }: SubgraphDefinition): readonly FileWidget[] {
    const widgets = inputs.flatMap((_, slot) => {
      const target = targetOf(scope, slot);
      return target ? [target] : [];
    });
    return widgets.flatMap((target, index) => {
      const found = loaderOf(target.node, target.widget, 0);
      return found ? [{ ...found, index }] : [];
    });
  }

  // Older editors name the pairs of node and widget themselves.
  function byProxies(node: WorkflowNode, { scope }: SubgraphDefinition): readonly FileWidget[] {
    const { proxyWidgets } = node.properties;
    if (!Array.isArray(proxyWidgets)) return [];
    return proxyWidgets.flatMap((pair: unknown, index): readonly FileWidget[] => {
      const [id, widget] = Array.isArray(pair) ? pair : [];
      const target = nodes.get(key(scope, `${id}`));
      const found = target && typeof widget === "string" && loaderOf(target, widget, 0);
      return found ? [{ ...found, index }] : [];
    });
  }

  function loaderOf(node: WorkflowNode, widget: string, depth: number): FileWidget | undefined {
    if (node.role === "node") {
      return table.models.get(node.type)?.find((one) => one.widget === widget);
    }
    const definition = definitions.get(node.type);
    const slot = definition?.inputs.indexOf(widget) ?? -1;
    const target = definition && slot >= 0 ? targetOf(definition.scope, slot) : undefined;
    return target && depth < MAX_DEPTH
      ? loaderOf(target.node, target.widget, depth + 1)
      : undefined;
  }

  function targetOf(
    scope: readonly string[],
    slot: number,
  ): { readonly node: WorkflowNode; readonly widget: string } | undefined {
    for (const { to, toSlot } of links.get(key(scope, `${slot}`)) ?? []) {
      const node = nodes.get(key(scope, to));
      const widget = node?.inputs[Number(toSlot)]?.widget;
      if (node && widget !== undefined) return { node, widget };
    }
    return undefined;
  }
}

function key(scope: readonly string[], name: string): string {
  return [...scope, name].join("\0");
}
