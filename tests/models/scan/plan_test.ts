import assert from "node:assert/strict";
import { anchorRoots } from "../../../src/models/scan/anchor.ts";
import { planRoot } from "../../../src/models/scan/plan.ts";
import type { FoundFile, FoundFiles } from "../../../src/models/scan/mod.ts";

const root = { directory: "/models", below: "", inner: [] };

function found(paths: readonly string[], more: Partial<FoundFiles> = {}): FoundFiles {
  const files = paths.map((relativePath): FoundFile => ({
    ...{ path: `/models/${relativePath}`, directory: "/models", relativePath },
    ...{ size: 1, mtimeNs: 1n, inode: 1n, device: 1n },
  }));
  return { root, files, blind: [], problems: [], warnings: [], ...more };
}

function row(relativePath: string, id: number) {
  return { id, modelId: id, directory: "/models", relativePath, size: 1, mtimeNs: 1n, inode: 1n };
}

const rows = [
  row("a.pt", 1),
  row("closed/b.pt", 2),
  row("closed/in/c.pt", 3),
  row("closed2/d.pt", 4),
];

Deno.test("what could not be looked at is not taken for gone", () => {
  const cases: readonly (readonly [readonly string[], readonly number[]])[] = [
    [[], [2, 3, 4]],
    [["closed"], [4]],
    [["closed/in"], [2, 4]],
    [[""], []],
  ];
  for (const [blind, gone] of cases) {
    const { vanished } = planRoot(found(["a.pt"], { blind }), rows, true);
    assert.deepEqual(vanished.map(({ id }) => id), gone, `${blind}`);
  }
});

Deno.test("only what was searched can be gone: the part of a root, and what is not deeper", () => {
  const part = { ...root, below: "closed" };
  const gone = (where: typeof root, recursive: boolean) =>
    planRoot(found([], { root: where }), rows, recursive).vanished.map(({ id }) => id);
  assert.deepEqual(gone(part, true), [2, 3]);
  assert.deepEqual(gone(part, false), [2]);
  assert.deepEqual(gone(root, false), [1]);
});

Deno.test("roots become parts of those that the index has, and take in those that lie in them", () => {
  const plain = { directory: "/data/models/loras", below: "", folder: "loras", inner: [] };
  assert.deepEqual(anchorRoots([plain], ["/data/models", "/data/model"]), {
    roots: [{
      directory: "/data/models",
      below: "loras",
      inner: [{ directory: "/data/models/loras", folder: "loras" }],
    }],
    swallowed: [],
  });
  const outer = { directory: "/data", below: "", inner: [] };
  assert.deepEqual(anchorRoots([outer], ["/data/models", "/database"]), {
    roots: [outer],
    swallowed: ["/data/models"],
  });
});
