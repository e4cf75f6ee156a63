import { deepEqual, equal, throws } from "node:assert/strict";
import { readWorkflow } from "../../../src/workflows/graph/mod.ts";

const UUID = "9dd16b5c-3e30-45a1-9d5c-0a5b1d1c1f11";
const INNER = "11d16b5c-3e30-45a1-9d5c-0a5b1d1c1f22";

function read(data: unknown) {
  return readWorkflow(JSON.stringify(data), "test.json");
}

Deno.test("a node keeps its class, mode, slots, widgets and place", () => {
  const { nodes, links, version } = read({
    nodes: [{
      id: 4,
      type: "KSampler",
      pos: { "0": 1, "1": 2 },
      size: [3, 4],
      mode: 4,
      inputs: [{ name: "model", type: "MODEL", link: 7 }, {
        name: "seed",
        type: "INT",
        widget: { name: "seed" },
        link: null,
      }],
      outputs: [{ name: "LATENT", type: "LATENT", links: null }],
      widgets_values: [5, "fixed"],
    }],
    links: [[7, 1, 0, 4, 0, "MODEL"], null],
    version: 0.4,
  });
  const [node] = nodes;
  deepEqual([node?.id, node?.type, node?.mode, node?.position, node?.size], [
    "4",
    "KSampler",
    "bypassed",
    [1, 2],
    [3, 4],
  ]);
  deepEqual(node?.inputs.map(({ name, link, widget }) => [name, link, widget]), [[
    "model",
    "7",
    undefined,
  ], ["seed", undefined, "seed"]]);
  deepEqual(node?.widgets[1], { key: 1, value: "fixed", path: ["nodes", 0, "widgets_values", 1] });
  deepEqual(links.map(({ id, from, to }) => [id, from, to]), [["7", "1", "4"]]);
  equal(version, 0.4);
});

Deno.test("subgraphs in subgraphs are read once, with the way that leads to them", () => {
  const graph = (nodes: unknown[]) => ({
    nodes,
    links: [{ id: 1, origin_id: 1, origin_slot: 0, target_id: 2, target_slot: 0, type: "IMAGE" }],
  });
  const { nodes, subgraphs, links } = read({
    nodes: [{ id: 1, type: UUID }, { id: 2, type: UUID, mode: 2 }],
    links: [],
    definitions: {
      subgraphs: [
        { id: UUID, name: "Outer", ...graph([{ id: 1, type: INNER }]) },
        { id: INNER, name: "Inner", ...graph([{ id: 1, type: "LoadImage" }]) },
        { id: "unused", name: "Unused", ...graph([]) },
      ],
    },
    version: 0.4,
  });
  deepEqual(nodes.map(({ role, scope, mode }) => [role, scope.length, mode]), [
    ["subgraph", 0, "active"],
    ["subgraph", 0, "muted"],
    ["subgraph", 1, "active"],
    ["node", 2, "active"],
  ]);
  deepEqual(nodes.at(-1)?.path, ["definitions", "subgraphs", 1, "nodes", 0]);
  deepEqual(subgraphs.map(({ name, scope }) => [name, scope]), [["Outer", [UUID]], ["Inner", [
    UUID,
    INNER,
  ]], ["Unused", ["unused"]]]);
  equal(links.length, 3);
});

Deno.test("group nodes are opened", () => {
  for (const type of ["workflow/Pair", "workflow>Pair"]) {
    const { nodes } = read({
      nodes: [{ id: 3, type }],
      extra: {
        groupNodes: {
          Pair: { nodes: [{ type: "LoadImage", index: 0 }, { type: "SaveImage", index: 1 }] },
        },
      },
      version: 0.4,
    });
    deepEqual(nodes.map(({ role, type, scope, id }) => [role, type, scope, id]).slice(1), [
      ["node", "LoadImage", ["Pair"], "0"],
      ["node", "SaveImage", ["Pair"], "1"],
    ]);
    equal(nodes[0]?.role, "group");
  }
});

Deno.test("the API format gives nodes, links and named widgets", () => {
  const { format, nodes, links } = read({
    "3": {
      class_type: "KSampler",
      inputs: { seed: 5, model: ["4", 1], size: [1, 2] },
      _meta: { title: "Draw" },
    },
    "4": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a.safetensors" } },
  });
  equal(format, "api");
  deepEqual(nodes[0]?.widgets.map(({ key, value }) => [key, value]), [["seed", 5], ["size", [
    1,
    2,
  ]]]);
  deepEqual(links, [{
    id: "1",
    scope: [],
    from: "4",
    fromSlot: 1,
    to: "3",
    toSlot: "model",
    type: "*",
  }]);
  equal(nodes[0]?.title, "Draw");
});

const BROKEN: readonly [string, unknown, RegExp][] = [
  ["no JSON", undefined, /valid JSON at \$/],
  ["a list", [], /Expected a workflow at \$/],
  ["an empty object", {}, /Expected a list of nodes at \$\.nodes/],
  ["nodes that are a text", { nodes: "x" }, /at \$\.nodes/],
  ["a node that is a number", { nodes: [1] }, /at \$\.nodes\[0\]/],
  ["a node without a class", { nodes: [{ id: 1 }] }, /at \$\.nodes\[0\]\.type/],
  ["a node without an id", { nodes: [{ type: "A" }] }, /at \$\.nodes\[0\]\.id/],
  [
    "a subgraph without an id",
    { nodes: [], definitions: { subgraphs: [{}] } },
    /subgraphs\[0\]\.id/,
  ],
  ["a queued envelope", { prompt: { "1": { class_type: "A" } } }, /at \$\.prompt/],
];

for (const [what, data, message] of BROKEN) {
  Deno.test(`what is no workflow is refused with its JSON path: ${what}`, () => {
    throws(
      () => readWorkflow(data === undefined ? "{" : JSON.stringify(data), "bad.json"),
      (error: Error) => {
        return message.test(error.message) && error.message.includes('"bad.json"');
      },
    );
  });
}

Deno.test("unknown shapes of links, frames and widgets are passed over", () => {
  const { nodes, links, groups } = read({
    nodes: [{
      id: "a",
      type: "A",
      widgets_values: null,
      inputs: null,
      outputs: 3,
      pos: "x",
      properties: [],
    }],
    links: [1, [], { id: {} }],
    groups: [{ title: "G", bounding: [1, 2, 3, 4] }, { bounding: "x" }],
  });
  deepEqual([nodes.length, links.length, groups.length], [1, 0, 1]);
});
