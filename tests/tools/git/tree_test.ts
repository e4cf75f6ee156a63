import assert from "node:assert/strict";
import { parseGitTree } from "../../../src/tools/git/tree.ts";

const ID = "0123456789abcdef0123456789abcdef01234567";

Deno.test("files, programs, links and submodules of a commit are told apart, whatever their names hold", () => {
  const output = [
    `100644 blob ${ID}\ta b.py`,
    `100664 blob ${ID}\told.py`,
    `100755 blob ${ID}\trun\tme`,
    `120000 blob ${ID}\tlink`,
    `160000 commit ${ID}\tlib/x\ny`,
    "no entry",
    "",
  ].join("\0");
  assert.deepEqual(parseGitTree(output), [
    { path: "a b.py", kind: "file", objectId: ID },
    { path: "old.py", kind: "file", objectId: ID },
    { path: "run\tme", kind: "executable", objectId: ID },
    { path: "link", kind: "link", objectId: ID },
    { path: "lib/x\ny", kind: "submodule", objectId: ID },
  ]);
});
