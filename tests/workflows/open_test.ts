import { equal, throws } from "node:assert/strict";
import { openWorkflow } from "../../src/workflows/mod.ts";
import { withFilledPipe } from "../support/pipes.ts";

const text = JSON.stringify({ nodes: [{ id: 1, type: "KSampler" }], links: [], version: 0.4 });

Deno.test({
  name: "openWorkflow() reads a pipe to its end, and no endless one",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await withFilledPipe(text, (pipe) => equal(openWorkflow(pipe).text, text));
    throws(() => openWorkflow("/dev/zero"), /more than \d+ bytes/);
  },
});
