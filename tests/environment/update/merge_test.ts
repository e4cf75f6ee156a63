import assert from "node:assert/strict";
import fc from "fast-check";
import { mergeRequirements } from "../../../src/environment/update/merge.ts";

const base = ["torch", "numpy>=1.25", "pillow"];

Deno.test("mergeRequirements() follows ComfyUI where nobody has changed anything, in its order", () => {
  const theirs = ["numpy>=2", "torch", "av>=14"];
  assert.deepEqual(mergeRequirements({ ours: base, base, theirs }), {
    requirements: theirs,
    kept: [],
  });
});

Deno.test("mergeRequirements() keeps what people added, changed or removed, and tells where ComfyUI differs", () => {
  const cases: readonly {
    readonly name: string;
    readonly ours: readonly string[];
    readonly theirs: readonly string[];
    readonly base?: readonly string[];
    readonly requirements: readonly string[];
    readonly kept?: readonly [name: string, before: readonly string[], after: readonly string[]];
  }[] = [
    { name: "added", ours: [...base, "rich"], theirs: base, requirements: [...base, "rich"] },
    {
      name: "changed, and ComfyUI has not",
      ours: ["torch", "numpy<2", "pillow"],
      theirs: base,
      requirements: ["torch", "numpy<2", "pillow"],
    },
    {
      name: "changed, and ComfyUI has too",
      ours: ["torch", "numpy<2", "pillow"],
      theirs: ["torch", "NumPy>=2", "pillow"],
      requirements: ["torch", "numpy<2", "pillow"],
      kept: ["numpy", ["numpy<2"], ["NumPy>=2"]],
    },
    {
      name: "changed as ComfyUI has",
      ours: ["torch", "numpy>=2", "pillow"],
      theirs: ["torch", "numpy>=2", "pillow"],
      requirements: ["torch", "numpy>=2", "pillow"],
    },
    {
      name: "removed",
      ours: ["torch", "pillow"],
      theirs: base,
      requirements: ["torch", "pillow"],
    },
    {
      name: "changed, and ComfyUI asks for it no more",
      ours: ["torch", "numpy<2", "pillow"],
      theirs: ["torch", "pillow"],
      requirements: ["torch", "pillow", "numpy<2"],
      kept: ["numpy", ["numpy<2"], []],
    },
    {
      name: "added, and ComfyUI asks for it now",
      ours: [...base, "rich<14"],
      theirs: [...base, "rich>=13"],
      requirements: [...base, "rich<14"],
      kept: ["rich", ["rich<14"], ["rich>=13"]],
    },
    {
      name: "by marker",
      ours: ["numpy<2; python_version < '3.12'", "numpy"],
      base: ["numpy"],
      theirs: ["numpy>=2"],
      requirements: ["numpy>=2", "numpy<2; python_version < '3.12'"],
    },
    {
      name: "without knowledge of the present ComfyUI",
      ours: ["torch", "numpy>=1", "rich"],
      base: [],
      theirs: ["torch", "numpy>=2"],
      requirements: ["torch", "numpy>=1", "rich"],
      kept: ["numpy", ["numpy>=1"], ["numpy>=2"]],
    },
  ];
  for (const { name, ours, theirs, requirements, kept, ...rest } of cases) {
    const merged = mergeRequirements({ base, ...rest, ours, theirs });
    assert.deepEqual(merged.requirements, requirements, name);
    const wanted = kept ? [{ name: kept[0], before: kept[1], after: kept[2] }] : [];
    assert.deepEqual(merged.kept, wanted, name);
  }
});

Deno.test("mergeRequirements() takes what ComfyUI has where the present one cannot be told any more", () => {
  const merged = mergeRequirements({ ours: ["torch", "numpy>=1", "rich"], theirs: ["numpy>=2"] });
  assert.deepEqual(merged, { requirements: ["numpy>=2", "torch", "rich"], kept: [] });
});

Deno.test("mergeRequirements() there and back gives what was, whatever people have changed", () => {
  const names = ["torch", "numpy", "pillow", "rich", "av"];
  const list = fc.uniqueArray(
    fc.record({ name: fc.constantFrom(...names), version: fc.constantFrom("", ">=1", "<9") }),
    { selector: ({ name }) => name },
  ).map((items) => items.map(({ name, version }) => `${name}${version}`));
  fc.assert(
    fc.property(list, list, list, (old, next, own) => {
      const there = mergeRequirements({ ours: own, base: old, theirs: next });
      // Where both sides changed one thing, the way back cannot tell whose it was.
      fc.pre(there.kept.length === 0);
      const back = mergeRequirements({ ours: there.requirements, base: next, theirs: old });
      fc.pre(back.kept.length === 0);
      const same = mergeRequirements({ ours: own, base: old, theirs: old });
      for (const requirement of own.filter((one) => !old.includes(one) && !next.includes(one))) {
        assert.ok(back.requirements.includes(requirement), requirement);
      }
      assert.deepEqual([...same.requirements].sort(), [...own].sort());
    }),
    { numRuns: 300 },
  );
});
