import assert from "node:assert/strict";
import { interrupted } from "../../src/base/mod.ts";
import { type GroupDefinition, runCli } from "../../src/cli/mod.ts";
import { untilInterrupted } from "../../src/cli/until_interrupted.ts";
import { testHost } from "../support/run_in_process.ts";

/** A command that goes on until Ctrl-C, and then fails in this way. */
function rootWith(failure: (signal: AbortSignal) => unknown): GroupDefinition {
  return {
    path: [],
    brief: "Sample",
    examples: [],
    commands: [{
      path: ["watch"],
      brief: "Watch",
      examples: [],
      load: () =>
        Promise.resolve({
          run: async (_input, { signal }) => {
            await untilInterrupted(signal, () => Promise.reject(failure(signal)));
            return { data: "how it stands", endless: true };
          },
          view: (data) => [`${data}`],
        }),
    }],
  };
}

for (
  const [name, failure] of [
    ["the interruption", interrupted],
    ["an aborted wait", () => new DOMException("Aborted", "AbortError")],
  ] as const
) {
  Deno.test(`Ctrl-C is how endless work ends: 130, what there is to say, and no error, after ${name}`, async () => {
    for (
      const [argv, stdout] of [[["watch"], /^how it stands\n$/], [
        ["watch", "--json"],
        /"ok":true/,
      ]] as const
    ) {
      const host = testHost();
      const root = rootWith((signal) => {
        host.interrupt();
        return failure(signal);
      });
      assert.equal(await runCli([...argv], host, root), 130);
      assert.match(host.written.stdout, stdout);
      assert.equal(host.written.stderr, "");
    }
  });
}

Deno.test("endless work that fails by itself is an error like any other", async () => {
  const host = testHost();
  const root = rootWith(() => new TypeError("the disk is gone"));
  assert.equal(await runCli(["watch"], host, root), 1);
  assert.match(host.written.stderr, /^error: .*the disk is gone/);
});
