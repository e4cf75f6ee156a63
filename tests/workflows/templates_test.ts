import { deepEqual, equal } from "node:assert/strict";
import { editJson } from "../../src/workflows/json/mod.ts";
import { openWorkflow } from "../../src/workflows/open.ts";
import { templateWorkflows } from "../support/template_workflows.ts";

Deno.test("all templates that ComfyUI ships are read, and an edit changes only its own line", async () => {
  const roles = { node: 0, subgraph: 0, group: 0 };
  let files = 0;
  for await (const [name, path] of templateWorkflows()) {
    const { text, workflow } = openWorkflow(path);
    files++;
    for (const { role } of workflow.nodes) roles[role]++;
    const widget = workflow.nodes.flatMap(({ widgets }) => widgets).at(-1);
    if (!widget) continue;
    const { path: place, value } = widget;
    equal(
      editJson(text, [{ path: place, value: JSON.parse(JSON.stringify(value ?? null)) }]),
      text,
      name,
    );
    const changed = editJson(text, [{ path: place, value: "comfydock" }]);
    const untouched = commonStart(text, changed) + commonEnd(text, changed);
    equal(untouched >= text.length - widgetLength(text, value), true, name);
  }
  equal(files, 644);
  deepEqual(roles, { node: 9_483, subgraph: 311, group: 0 });
});

// What stands for the value in the text, its line breaks and indentation included.
function widgetLength(text: string, value: unknown): number {
  const lines = JSON.stringify(value ?? null, null, 2).split("\n");
  return text.includes("\n") ? lines.join("\n").length + lines.length * 24 : lines.join("").length;
}

function commonStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

function commonEnd(one: string, other: string): number {
  let at = 1;
  while (at <= one.length && one.at(-at) === other.at(-at)) at++;
  return at - 1;
}
