import assert from "node:assert/strict";
import { silentReporter, systemClock } from "../../src/base/mod.ts";
import { registryStep } from "../../src/demo/registry_step.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import { withTempDir } from "../support/alone.ts";

Deno.test("the demo's registry is read offline, because it is the demo's own server", async () => {
  await withTempDir(async (directory) => {
    const { status, lines } = await registryStep({
      directory,
      http: (ownServers) =>
        Promise.resolve(createHttpClient({ rate: 1_000, offline: true, ownServers })),
      report: silentReporter,
      clock: systemClock,
      signal: new AbortController().signal,
      env: {},
      offline: true,
    });
    assert.equal(status, "done");
    assert.match(lines.join("\n"), /Read \d+ packages and \d+ versions[^]*Validated: 0 errors/);
  });
});
