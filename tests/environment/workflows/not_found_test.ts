import { deepEqual, match } from "node:assert/strict";
import { workflowNotFound } from "../../../src/environment/workflows/states/mod.ts";

const KNOWN = ["portrait", "video/landscape", "a-very-long-name-of-a-workflow"];

Deno.test("a name that no workflow has leads to those that are alike, folders left out", () => {
  for (const [name, nearest] of [["portrat", ["portrait"]], ["landscap", ["video/landscape"]]]) {
    const { hint, details } = workflowNotFound("track", `${name}`, KNOWN);
    deepEqual(details.nearest, nearest);
    match(hint ?? "", /^Did you mean/);
  }
});

Deno.test("where nothing is alike, the hint says where to look", () => {
  match(workflowNotFound("track", "zzz", KNOWN).hint ?? "", /^Run comfydock workflow status/);
  match(workflowNotFound("track", "zzz", []).hint ?? "", /^Save one in ComfyUI first/);
});
