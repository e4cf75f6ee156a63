import assert from "node:assert/strict";
import { silentReporter, systemClock } from "../../src/base/mod.ts";
import { modelsStep } from "../../src/demo/models_step.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import { withTempDir } from "../support/alone.ts";

Deno.test("the demo shows a scan, a search and a download that goes on after a cut, offline too", async () => {
  await withTempDir(async (directory) => {
    const world = {
      directory,
      http: (ownServers?: readonly string[]) =>
        Promise.resolve(createHttpClient({ rate: 1_000, offline: true, ownServers })),
      report: silentReporter,
      clock: systemClock,
      signal: new AbortController().signal,
      env: {},
      offline: true,
    };
    const { status, lines } = await modelsStep(world);
    assert.equal(status, "done");
    const text = lines.join("\n");
    assert.match(text, /Scanned 3 model files[^]*copy-of-base\.safetensors = /);
    assert.match(text, /Found "style": loras\/sample-style\.safetensors/);
    assert.match(text, /Fetched \d+ bytes; the line broke after \d+[^]*is right/);
    // A directory that was kept shows it once more.
    assert.equal((await modelsStep(world)).status, "done");
  });
});
