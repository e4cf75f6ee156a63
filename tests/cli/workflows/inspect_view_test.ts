import { deepEqual, match } from "node:assert/strict";
import { inspectData, view } from "../../../src/cli/workflows/inspect_data.ts";
import { createStyle } from "../../../src/output/mod.ts";
import { analyzeWorkflow, readWorkflow, resolveNodes } from "../../../src/workflows/mod.ts";

const WORKFLOW = JSON.stringify({
  nodes: [
    { id: 1, type: "Muted", mode: 2 },
    { id: 2, type: "Bypassed", mode: 4 },
    { id: 3, type: "Mixed", mode: 4 },
    { id: 4, type: "Mixed", mode: 0 },
    { id: 5, type: "Note", widgets_values: ["https://example.com/a.safetensors"] },
  ],
  links: [],
  version: 0.4,
});

/** What is told of the workflow where one pack is said to have all its classes. */
function inspect() {
  const workflow = readWorkflow(WORKFLOW, "flow.json");
  const needs = analyzeWorkflow(workflow, { models: new Map(), inputs: new Map() });
  const nodes = resolveNodes(needs.nodes, {
    builtins: new Set<string>(),
    installed: [],
    choices: { nodes: {}, prefer: [], deny: [] },
    index: {
      knowsRegistry: true,
      lookup: (type) => [{
        rank: 1,
        package_id: "pack",
        evidence: type === "Mixed" ? "pattern" : "type",
        versions: [],
        live: true,
      }],
      packageOf: () => undefined,
      packageOfRepository: () => undefined,
      find: () => [],
    },
  });
  return inspectData({ file: "flow.json", workflow, needs, nodes });
}

Deno.test("inspect counts muted and bypassed nodes, and marks the classes that only they have", () => {
  const data = inspect();
  const told = data.classes.filter(({ type }) => type !== "Note")
    .map(({ type, instances, inactive }) => [type, instances, inactive]);
  deepEqual(told, [["Muted", 1, 1], ["Bypassed", 1, 1], ["Mixed", 2, 1]]);
  const lines = view(data, createStyle(false)).join("\n");
  match(lines, /5 nodes, 1 muted, 2 bypassed/);
  match(lines, /Muted \(inactive\), Bypassed \(inactive\), Mixed$/m);
});

Deno.test("inspect names evidence and confidence, of a pack those of its least sure class, and links in notes", () => {
  const lines = view(inspect(), createStyle(false)).join("\n");
  match(lines, /comfydock node add pack {2}by the pattern of its name, 60 %/);
  match(lines, /Links in notes\n {2}https:\/\/example\.com\/a\.safetensors/);
});
