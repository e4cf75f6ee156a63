import assert from "node:assert/strict";
import { HostGate } from "../../src/http/gate.ts";
import { onPause } from "../../src/http/limiter.ts";
import { systemClock } from "../../src/base/mod.ts";
import { patientClock } from "../support/http_server.ts";

const never = new AbortController().signal;

Deno.test("enter() lets requests through in order, at the pace and up to the concurrency", async () => {
  const clock = patientClock(0);
  const gate = new HostGate({ rate: 10, concurrency: 3, clock });
  const order: number[] = [];
  const entries = Array.from({ length: 5 }, async (_, index) => {
    const sentAt = await gate.enter(never);
    order.push(index);
    return sentAt;
  });
  assert.deepEqual(await Promise.all(entries.slice(0, 3)), [0, 100, 200]);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual(order, [0, 1, 2]);
  gate.leave();
  gate.leave();
  assert.deepEqual(await Promise.all(entries.slice(3)), [300, 400]);
  assert.deepEqual(order, [0, 1, 2, 3, 4]);
});

Deno.test("a pause that begins while a request waits holds it back too", async () => {
  const gate = new HostGate({ rate: 20, concurrency: 3, clock: systemClock });
  const started = await gate.enter(never);
  const second = gate.enter(never);
  gate.pace = onPause(gate.pace, gate.now(), 200);
  assert.ok(await second - started >= 199);
});

Deno.test({
  name: "a request that gives up leaves the others their turn, and the last one stops the timer",
  // Reports the timer of a thousand seconds if it is left behind.
  sanitizeOps: true,
  async fn() {
    const gate = new HostGate({ rate: 0.001, concurrency: 3, clock: systemClock });
    await gate.enter(never);
    const stops = [new AbortController(), new AbortController()];
    const waiting = stops.map((stop) =>
      assert.rejects(gate.enter(stop.signal), { code: "INTERRUPTED" })
    );
    for (const stop of stops) stop.abort();
    await Promise.all(waiting);
  },
});
