import assert from "node:assert/strict";
import { parseGitLog, parseGitVersion } from "../../../src/tools/git/log.ts";
import { parseGitIndex } from "../../../src/tools/git/staged_commands.ts";
import { parseGitDiffNames, parseGitStatus } from "../../../src/tools/git/status.ts";

Deno.test("parseGitStatus() reads every kind of record", () => {
  const hash = "0".repeat(40);
  const output = [
    "# branch.oid (initial)",
    "# branch.head (detached)",
    `1 .M N... 100644 100644 100644 ${hash} ${hash} a file`,
    `1 A. N... 000000 100644 100644 ${hash} ${hash} b`,
    `2 R. N... 100644 100644 100644 ${hash} ${hash} R100 new name`,
    "old name",
    `u UU N... 100644 100644 100644 100644 ${hash} ${hash} ${hash} both`,
    "? un tracked",
    "! ignored/",
    "",
  ].join("\0");
  assert.deepEqual(parseGitStatus(output), {
    commit: undefined,
    branch: undefined,
    entries: [
      { kind: "changed", path: "a file", index: ".", worktree: "M" },
      { kind: "changed", path: "b", index: "A", worktree: "." },
      { kind: "renamed", path: "new name", index: "R", worktree: ".", from: "old name" },
      { kind: "unmerged", path: "both", index: "U", worktree: "U" },
      { kind: "untracked", path: "un tracked", index: "?", worktree: "?" },
      { kind: "ignored", path: "ignored/", index: "!", worktree: "!" },
    ],
  });
});

Deno.test("the parsers answer nothing for nothing", () => {
  assert.deepEqual(parseGitLog(""), []);
  assert.deepEqual(parseGitDiffNames(""), []);
  assert.deepEqual(parseGitStatus("").entries, []);
});

Deno.test("parseGitVersion() reads what git calls itself on each system", () => {
  assert.deepEqual(parseGitVersion("git version 2.39.5 (Apple Git-154)\n"), [2, 39]);
  assert.deepEqual(parseGitVersion("git version 2.47.0.windows.2\n"), [2, 47]);
  assert.equal(parseGitVersion("got 1"), undefined);
});

Deno.test("parseGitIndex() reads files, and leaves out links, submodules and what is not merged", () => {
  const hash = "0".repeat(40);
  const lines = [
    `100644 ${hash} 0\ta file`,
    `100755 ${hash} 0\tb\twith tab`,
    `120000 ${hash} 0\tlink`,
    `160000 ${hash} 0\tsubmodule`,
    `100644 ${hash} 2\tours`,
    "",
  ];
  assert.deepEqual(parseGitIndex(lines.join("\0")), ["a file", "b\twith tab"]);
});
