import { deepEqual, equal } from "node:assert/strict";
import { type CommandContext, type GroupDefinition, runCli } from "../../src/cli/mod.ts";
import { runInProcess, testHost } from "../support/run_in_process.ts";

/** A tool whose only command does this. */
function rootWith(run: (context: CommandContext) => Promise<unknown>): GroupDefinition {
  return {
    path: [],
    brief: "Sample",
    examples: [],
    commands: [{
      path: ["do"],
      brief: "Do it",
      examples: [],
      load: () =>
        Promise.resolve({
          run: async (_input, context) => ({ data: await run(context) ?? null }),
          view: () => [],
        }),
    }],
  };
}

Deno.test("a warning that comes again is told once", async () => {
  const root = rootWith((context) => {
    for (let time = 0; time < 3; time++) {
      context.warn("ODD", "Odd record");
      context.report.emit({ kind: "warned", code: "ODD", message: "Odd record" });
    }
    return Promise.resolve();
  });
  const { json, stderr } = await runInProcess(["do", "--json"], { root });
  deepEqual(json?.warnings, [{ code: "ODD", message: "Odd record" }]);
  equal(stderr, "warning: Odd record\n");
});

Deno.test("more warnings than people read are counted", async () => {
  const root = rootWith((context) => {
    for (let record = 0; record < 1000; record++) context.warn("ODD", `Odd record ${record}`);
    return Promise.resolve();
  });
  const { json, stderr } = await runInProcess(["do", "--json"], { root });
  equal(json?.warnings.length, 201);
  deepEqual(json?.warnings.at(-1), {
    code: "WARNINGS_OMITTED",
    message: "800 further warnings are not shown",
  });
  equal(stderr.split("\n").length, 201);
});

Deno.test("a command that Ctrl-C lets end in order ends with 130 and keeps its data", async () => {
  const host = testHost();
  const root = rootWith(({ signal }) =>
    new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve("so far"));
      host.interrupt();
    })
  );
  equal(await runCli(["do", "--json"], host, root), 130);
  const { ok, data, error } = JSON.parse(host.written.stdout);
  deepEqual([ok, data, error.code], [false, "so far", "INTERRUPTED"]);
});

Deno.test("what Ctrl-C brings down behind it is the cause, and the end is 130 all the same", async () => {
  const host = testHost();
  const root = rootWith(() => {
    host.interrupt();
    return Promise.reject(new Error("the child was killed"));
  });
  equal(await runCli(["do"], host, root), 130);
  equal(host.written.stderr, "error: Interrupted\n  cause: the child was killed\n");
});

Deno.test("--offline reaches the HTTP client of the command", async () => {
  const root = rootWith(async (context) => {
    const http = await context.http({ rate: 5 });
    return await http.send({ url: "http://127.0.0.1:9/" });
  });
  const { code, json } = await runInProcess(["do", "--offline", "--json"], { root });
  deepEqual([code, json?.error?.code], [6, "NETWORK_OFFLINE"]);
});
