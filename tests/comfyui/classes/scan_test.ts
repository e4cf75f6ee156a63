import { deepEqual } from "node:assert/strict";
import { classNamesIn } from "../../../src/comfyui/classes/mod.ts";

const CASES: readonly [string, string, readonly string[]][] = [
  ["a dictionary", 'NODE_CLASS_MAPPINGS = {\n  "A": A, # "no": no\n  \'B b\': mod.B,\n}', [
    "A",
    "B b",
  ]],
  ["a typed dictionary", 'NODE_CLASS_MAPPINGS: dict[str, type] = {"A": A}', ["A"]],
  ["an update", 'NODE_CLASS_MAPPINGS.update({"A": A})\nNODE_CLASS_MAPPINGS |= {"B": B}', [
    "A",
    "B",
  ]],
  ["single entries", 'NODE_CLASS_MAPPINGS["A"] = A\nNODE_CLASS_MAPPINGS[name] = B', ["A"]],
  [
    "parts of a pack",
    'IMAGE_CLASS_MAPPINGS = {"A+": A}\nNODE_CONFIG = {"B": {"class": B, "name": "no"}}',
    ["A+", "B"],
  ],
  ["values that hold dictionaries", 'NODE_CLASS_MAPPINGS = {"A": make({"x": 1}, ["y"]), "B": B}', [
    "A",
    "B",
  ]],
  [
    "texts with braces and quotes",
    'NODE_CLASS_MAPPINGS = {"A}": "}", \'it\\\'s\': C, """D""": D}',
    ["A}", "it's", "D"],
  ],
  [
    "schemas",
    'class A(io.ComfyNode):\n  def define_schema(cls):\n    return io.Schema(node_id="A", inputs=[])',
    ["A"],
  ],
  ["ids of classes", "class A:\n    NodeId = 'A'\nNODE_CLASS_MAPPINGS = {}", ["A"]],
  ["no ids in other sources", 'Thing(node_id="A")', []],
  ["no display names", 'NODE_DISPLAY_NAME_MAPPINGS = {"A": "An A"}', []],
  [
    "no names that running would make",
    'NODE_CLASS_MAPPINGS = {f"{x}": A, **more, name: B, "C" "D": E}',
    [],
  ],
  ["a dictionary that is cut off", 'NODE_CLASS_MAPPINGS = {"A": A, "B', ["A"]],
];

for (const [what, source, wanted] of CASES) {
  Deno.test(`classes are found in Python sources: ${what}`, () => {
    deepEqual(classNamesIn(source), wanted);
  });
}
