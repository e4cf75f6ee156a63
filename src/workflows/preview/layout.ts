import type { Workflow, WorkflowNode } from "../graph/mod.ts";

/** Where a node is drawn, in the editor's units. */
export interface NodeBox {
  readonly node: WorkflowNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The editor draws a node's title above the place that it saves. */
export const TITLE_HEIGHT = 30;

const WIDTH = 220;
const GAP = 60;
const SLOT_HEIGHT = 20;

/** Gives each node of the root a place: the one that was saved, else columns by what feeds what. */
export function layoutNodes(workflow: Workflow): readonly NodeBox[] {
  const nodes = workflow.nodes.filter(({ scope }) => scope.length === 0);
  if (nodes.every(({ position }) => position !== undefined)) {
    return nodes.map((node) => {
      const [x, y] = node.position!;
      const [width, height] = node.size ?? [WIDTH, heightOf(node)];
      return { node, x, y, width, height };
    });
  }
  const columns = Map.groupBy(nodes, columnFinder(workflow));
  return [...columns].flatMap(([column, members]) => {
    let y = 0;
    return members.map((node) => {
      const box = { node, x: column * (WIDTH + GAP), y, width: WIDTH, height: heightOf(node) };
      y += box.height + TITLE_HEIGHT + GAP;
      return box;
    });
  });
}

function heightOf({ inputs, outputs, widgets }: WorkflowNode): number {
  return SLOT_HEIGHT * Math.max(1, inputs.length + widgets.length, outputs.length);
}

/** The column of a node is one behind the last of those that feed it. */
function columnFinder({ links }: Workflow): (node: WorkflowNode) => number {
  const sources = Map.groupBy(links.filter(({ scope }) => scope.length === 0), ({ to }) => to);
  const columns = new Map<string, number>();
  const columnOf = (id: string, above: ReadonlySet<string>): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    // A circle of links has no first node; any will do.
    if (above.has(id)) return 0;
    const inner = new Set([...above, id]);
    const column = (sources.get(id) ?? []).reduce(
      (most, { from }) => Math.max(most, columnOf(from, inner) + 1),
      0,
    );
    columns.set(id, column);
    return column;
  };
  return ({ id }) => columnOf(id, new Set());
}
