import assert from "node:assert/strict";
import { nodeChangeLines } from "../../../src/cli/nodes/change_view.ts";
import { createStyle } from "../../../src/output/mod.ts";

Deno.test("a pack without a version is told without a gap behind its name", () => {
  const lines = (["added", "adopted", "removed", "kept"] as const).flatMap((action) =>
    nodeChangeLines({
      environment: "demo",
      dry_run: false,
      changed: true,
      locked: [],
      packages: [],
      commit: null,
      failures: [],
      left: [],
      nodes: [{
        id: "mine",
        name: "mine",
        action,
        source: "local",
        before: null,
        after: null,
        directory: "mine",
        requirements: null,
        findings: [],
        scripts: [],
        why: null,
      }],
    }, createStyle(false)).slice(1)
  );
  assert.deepEqual(lines, ["  + mine", "  + mine, adopted", "  - mine", "  = mine"]);
});
