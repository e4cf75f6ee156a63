import { deepEqual, equal } from "node:assert/strict";
import { diffWorkflows } from "../../../src/workflows/diff/mod.ts";
import { readLoaderTable } from "../../../src/workflows/dependencies/mod.ts";
import { readWorkflow } from "../../../src/workflows/graph/mod.ts";

const table = await readLoaderTable();

function diff(before: unknown, after: unknown) {
  const [old, now] = [before, after].map((data) => readWorkflow(JSON.stringify(data), "test.json"));
  return diffWorkflows(old!, now!, table);
}

const loader = (file: string, more = {}) => ({
  id: 1,
  type: "VAELoader",
  widgets_values: [file],
  ...more,
});

Deno.test("a changed value is told by node and widget, a model by its name", () => {
  const { nodes, models, sameWork } = diff({ nodes: [loader("a.pt")] }, {
    nodes: [loader("b.pt")],
  });
  deepEqual(nodes.changed.map(({ id, type, widgets }) => [id, type, widgets]), [
    ["1", "VAELoader", [{ widget: 0, before: "a.pt", after: "b.pt" }]],
  ]);
  deepEqual(models, { added: ["b.pt"], removed: ["a.pt"] });
  equal(sameWork, false);
});

Deno.test("nodes and links come and go by their places in the graph, whatever their numbers are", () => {
  const link = (id: number, to: number) => [id, 1, 0, to, 0, "VAE"];
  const { nodes, links } = diff(
    { nodes: [loader("a.pt"), { id: 2, type: "A" }], links: [link(5, 2)] },
    {
      nodes: [loader("a.pt"), { id: 2, type: "B" }, { id: 3, type: "A" }],
      links: [link(9, 2), link(8, 3)],
    },
  );
  deepEqual(nodes.added.map(({ id, type }) => [id, type]), [["2", "B"], ["3", "A"]]);
  deepEqual(nodes.removed.map(({ id, type }) => [id, type]), [["2", "A"]]);
  deepEqual(links.added.map(({ from, to }) => [from, to]), [["1", "3"]]);
  deepEqual(links.removed, []);
});

Deno.test("what is only moved, framed or named differently does the same work", () => {
  const { nodes, sameWork } = diff(
    { nodes: [loader("a.pt", { pos: [0, 0], title: "x" })] },
    {
      nodes: [loader("a.pt", { pos: [9, 0], title: "y" })],
      groups: [{ title: "G", bounding: [0, 0, 1, 1] }],
    },
  );
  deepEqual(nodes.changed.map(({ moved, renamed, widgets }) => [moved, renamed, widgets]), [
    [true, { before: "x", after: "y" }, []],
  ]);
  equal(sameWork, true);
});

Deno.test("a bypassed node and a node inside a subgraph are told with their place", () => {
  const inside = (mode: number) => ({
    nodes: [{ id: 7, type: "sub" }],
    definitions: { subgraphs: [{ id: "sub", nodes: [loader("a.pt", { mode })] }] },
  });
  const { nodes, sameWork } = diff(inside(0), inside(4));
  deepEqual(nodes.changed.map(({ scope, mode }) => [scope, mode]), [[["sub"], {
    before: "active",
    after: "bypassed",
  }]]);
  equal(sameWork, false);
});

Deno.test("equal workflows have no difference", () => {
  const same = { nodes: [loader("a.pt"), { id: 2, type: "A" }], links: [[1, 1, 0, 2, 0, "VAE"]] };
  const { nodes, links, models, sameWork } = diff(same, same);
  deepEqual([nodes, links, models, sameWork], [
    { added: [], removed: [], changed: [] },
    { added: [], removed: [] },
    { added: [], removed: [] },
    true,
  ]);
});
