import assert from "node:assert/strict";
import { join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import { readLaunchArguments } from "../../../src/environment/run/launch_arguments.ts";
import { planRun } from "../../../src/environment/run/plan.ts";
import { findFreePort, isPortFree } from "../../../src/environment/run/port.ts";
import { environmentLayout, workspaceLayout } from "../../../src/workspace/mod.ts";
import { freePort } from "../../support/running.ts";

const environment = environmentLayout(workspaceLayout("/w"), "demo");

const cases: readonly {
  args: readonly string[];
  expected: ReturnType<typeof readLaunchArguments>;
}[] = [
  { args: [], expected: { port: undefined, host: "127.0.0.1", secure: false } },
  { args: ["--cpu", "--port", "9000"], expected: { port: 9000, host: "127.0.0.1", secure: false } },
  { args: ["--port=1", "--port=2"], expected: { port: 2, host: "127.0.0.1", secure: false } },
  { args: ["--listen"], expected: { port: undefined, host: "127.0.0.1", secure: false } },
  { args: ["--listen", "--cpu"], expected: { port: undefined, host: "127.0.0.1", secure: false } },
  {
    args: ["--listen", "0.0.0.0"],
    expected: { port: undefined, host: "127.0.0.1", secure: false },
  },
  { args: ["--listen", "::"], expected: { port: undefined, host: "::1", secure: false } },
  {
    args: ["--listen=192.0.2.7,::1"],
    expected: { port: undefined, host: "192.0.2.7", secure: false },
  },
  {
    args: ["--tls-keyfile", "k.pem", "--tls-certfile=c.pem"],
    expected: { port: undefined, host: "127.0.0.1", secure: true },
  },
];

Deno.test("readLaunchArguments() finds where ComfyUI will listen", () => {
  for (const { args, expected } of cases) {
    assert.deepEqual(readLaunchArguments(args), expected, args.join(" "));
  }
});

Deno.test("readLaunchArguments() refuses a port that is none", () => {
  for (const bad of ["", "0", "65536", "-1", "8188x", "1e3"]) {
    assert.throws(
      () => readLaunchArguments([`--port=${bad}`]),
      (error) => error instanceof ComfydockError && error.exit === 2,
      bad,
    );
  }
});

Deno.test("planRun() names the port unless the arguments do, and passes arguments on as they are", () => {
  const plan = (args: readonly string[], port = 8188) =>
    planRun({ mode: "foreground", args, sync: true }, { environment, port, sync: false });
  assert.deepEqual(plan(["--cpu"]).command.slice(1), ["main.py", "--port", "8188", "--cpu"]);
  assert.deepEqual(plan(["--port=7", "a b"], 7).command.slice(1), ["main.py", "--port=7", "a b"]);
  assert.equal(plan(["--listen", "::"]).url, "http://[::1]:8188");
  assert.equal(plan(["--tls-keyfile", "k"]).url, "https://127.0.0.1:8188");
  assert.equal(plan([]).cwd, join(environment.root, "ComfyUI"));
});

Deno.test("what a plan and a state file say of arguments holds no secret", () => {
  const args = ["--token-url", "https://me:opensesame@example.com/x"];
  const plan = planRun({ mode: "detached", args, sync: true }, {
    environment,
    port: 8188,
    sync: false,
  });
  assert.deepEqual(plan.args, ["--token-url", "https://***@example.com/x"]);
  assert.deepEqual(plan.command.slice(-2), args);
});

Deno.test("isPortFree() sees who listens on one address or on all", async () => {
  for (const hostname of ["127.0.0.1", "0.0.0.0"]) {
    const listener = Deno.listen({ hostname, port: 0 });
    try {
      assert.equal(await isPortFree("127.0.0.1", listener.addr.port), false, hostname);
    } finally {
      listener.close();
    }
  }
  assert.equal(await isPortFree("127.0.0.1", freePort()), true);
});

Deno.test("findFreePort() passes over ports that are taken", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    const taken = listener.addr.port;
    assert((await findFreePort("127.0.0.1", Math.min(taken, 65_000))) !== taken);
  } finally {
    listener.close();
  }
});
