import { isDeepStrictEqual } from "node:util";
import { analyzeWorkflow, type LoaderTable } from "../dependencies/mod.ts";
import type { Workflow, WorkflowLink, WorkflowNode } from "../graph/mod.ts";
import type { LinkName, NodeChange, NodeName, WidgetChange, WorkflowDiff } from "./types.ts";

/**
 * Tells what two versions of a workflow do differently: nodes, links, values and models instead of lines of JSON.
 *
 * Nodes are the same when scope, id and class are.
 *
 * @param table Which widgets name models.
 */
export function diffWorkflows(before: Workflow, after: Workflow, table: LoaderTable): WorkflowDiff {
  const [old, now] = [byKey(before.nodes, nodeKey), byKey(after.nodes, nodeKey)];
  const [oldLinks, newLinks] = [linksByEnds(before), linksByEnds(after)];
  const [oldModels, newModels] = [modelsOf(before, table), modelsOf(after, table)];
  const nodes = {
    added: missing(now, old).map(nodeName),
    removed: missing(old, now).map(nodeName),
    changed: [...old].flatMap(([key, node]) => {
      const other = now.get(key);
      const change = other && compareNodes(node, other);
      return change ? [change] : [];
    }),
  };
  const links = { added: missing(newLinks, oldLinks), removed: missing(oldLinks, newLinks) };
  return {
    nodes,
    links,
    models: {
      added: [...newModels].filter((name) => !oldModels.has(name)).sort(),
      removed: [...oldModels].filter((name) => !newModels.has(name)).sort(),
    },
    sameWork:
      nodes.added.length + nodes.removed.length + links.added.length + links.removed.length === 0 &&
      nodes.changed.every(({ widgets, mode }) => widgets.length === 0 && mode === undefined),
  };
}

function compareNodes(before: WorkflowNode, after: WorkflowNode): NodeChange | undefined {
  const change: NodeChange = {
    ...nodeName(after),
    widgets: compareWidgets(before, after),
    mode: before.mode === after.mode ? undefined : { before: before.mode, after: after.mode },
    renamed: before.title === after.title
      ? undefined
      : { before: before.title, after: after.title },
    moved: !isDeepStrictEqual([before.position, before.size], [after.position, after.size]),
  };
  const differs = change.widgets.length > 0 || change.mode || change.renamed || change.moved;
  return differs ? change : undefined;
}

function compareWidgets(before: WorkflowNode, after: WorkflowNode): readonly WidgetChange[] {
  const [old, now] = [before, after].map(({ widgets }) =>
    new Map(widgets.map(({ key, value }) => [key, value]))
  );
  const keys = new Set([...old!.keys(), ...now!.keys()]);
  return [...keys].flatMap((widget) => {
    const values = { before: old!.get(widget), after: now!.get(widget) };
    return isDeepStrictEqual(values.before, values.after) ? [] : [{ widget, ...values }];
  });
}

function modelsOf(workflow: Workflow, table: LoaderTable): ReadonlySet<string> {
  return new Set(analyzeWorkflow(workflow, table).models.map(({ value }) => value));
}

function linksByEnds({ links }: Workflow): ReadonlyMap<string, LinkName> {
  return byKey(
    links.map(({ scope, from, fromSlot, to, toSlot, type }: WorkflowLink): LinkName => ({
      scope,
      from,
      fromSlot,
      to,
      toSlot,
      type,
    })),
    ({ scope, from, fromSlot, to, toSlot }) => JSON.stringify([scope, from, fromSlot, to, toSlot]),
  );
}

function nodeKey({ scope, id, type }: WorkflowNode): string {
  return JSON.stringify([scope, id, type]);
}

function nodeName({ id, scope, type, title }: WorkflowNode): NodeName {
  return { id, scope, type, title };
}

function byKey<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [key(item), item]));
}

function missing<Item>(
  items: ReadonlyMap<string, Item>,
  others: ReadonlyMap<string, unknown>,
): readonly Item[] {
  return [...items].filter(([key]) => !others.has(key)).map(([, item]) => item);
}
