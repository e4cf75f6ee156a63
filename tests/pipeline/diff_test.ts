import assert from "node:assert/strict";
import { diffMappings } from "../../src/pipeline/mod.ts";
import { MappingsBuilder } from "../support/mappings_builder.ts";

function before(): MappingsBuilder {
  return new MappingsBuilder()
    .withPackage("kept")
    .withPackage("gone")
    .withPackage("changed", {
      downloads: 5,
      versions: { "1.0.0": { status: "active" }, "0.9": {} },
    })
    .withNode("Shared", ["kept", "changed"])
    .withNode("Dropped", ["gone"]);
}

Deno.test("diffMappings() names every kind of difference", () => {
  const after = new MappingsBuilder()
    .withPackage("kept")
    .withPackage("changed", {
      downloads: 6,
      author: "someone",
      versions: { "1.0.0": { status: "banned", changelog: "text" }, "1.1.0": {} },
    })
    .withPackage("added")
    .withNode("Shared", ["changed", "kept"])
    .withNode("Fresh", ["added"])
    .build();
  const diff = diffMappings(before().build(), after);
  assert.deepEqual(diff, {
    before: { version: "2026.08.21", generated_at: "2026-08-21T02:00:00Z" },
    after: { version: "2026.08.21", generated_at: "2026-08-21T02:00:00Z" },
    equal: false,
    packages_added: ["added"],
    packages_removed: ["gone"],
    packages_changed: [{
      id: "changed",
      fields: [
        { field: "author", before: null, after: "someone" },
        { field: "downloads", before: 5, after: 6 },
      ],
      versions_added: ["1.1.0"],
      versions_removed: ["0.9"],
      version_changes: [{
        version: "1.0.0",
        fields: [{ field: "status", before: "active", after: "banned" }],
      }],
    }],
    signatures_added: ["Fresh::_"],
    signatures_removed: ["Dropped::_"],
    leader_changes: [{ key: "Shared::_", before: "kept", after: "changed" }],
  });
});

Deno.test("diffMappings() calls two editions equal that differ only in when they were made", () => {
  const after = {
    ...before().build(),
    version: "2026.08.22",
    generated_at: "2026-08-22T02:00:00Z",
  };
  assert.equal(diffMappings(before().build(), after).equal, true);
});

Deno.test("diffMappings() takes names of built-in properties for what they are", () => {
  const after = before().withPackage("constructor").withNode("toString", ["kept"]).build();
  const diff = diffMappings(before().build(), after);
  assert.deepEqual(diff.packages_added, ["constructor"]);
  assert.deepEqual(diff.signatures_added, ["toString::_"]);
});
