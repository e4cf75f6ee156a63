import { equal, throws } from "node:assert/strict";
import { join } from "node:path";
import { openWorkflow } from "../../src/workflows/mod.ts";
import { withTempDir } from "../support/alone.ts";

const text = JSON.stringify({ nodes: [{ id: 1, type: "KSampler" }], links: [], version: 0.4 });

Deno.test({
  name: "openWorkflow() reads a pipe to its end, and no endless one",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withTempDir(async (directory) => {
      const pipe = join(directory, "pipe.json");
      equal((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success, true);
      const args = ["-c", 'printf %s "$0" > "$1"', text, pipe];
      const writer = new Deno.Command("sh", { args }).spawn();
      equal(openWorkflow(pipe).text, text);
      await writer.status;
      throws(() => openWorkflow("/dev/zero"), /more than \d+ bytes/);
    });
  },
});
