import assert from "node:assert/strict";
import { createHttpClient } from "../../src/http/mod.ts";
import { serve } from "../support/http_server.ts";

/** A server that begins an answer, never ends it, and knows when the other side has gone. */
function hanging() {
  const gone = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const server = serve(() => {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        begun.resolve();
      },
      cancel: () => gone.resolve(),
    });
    return new Response(stream);
  });
  return { server, begun: begun.promise, gone: gone.promise };
}

for (const whose of ["client", "request"] as const) {
  Deno.test(`the signal of the ${whose} ends a running request at once and closes its connection`, async () => {
    const { server, begun, gone } = hanging();
    await using _closing = server;
    const stop = new AbortController();
    const client = createHttpClient(whose === "client" ? { signal: stop.signal } : {});
    const sent = client.send({
      url: server.url,
      signal: whose === "request" ? stop.signal : undefined,
    });
    const rejected = assert.rejects(sent, { code: "INTERRUPTED", exit: 130 });
    await begun;
    stop.abort();
    await rejected;
    await gone;
  });
}

Deno.test("a signal ends requests that wait for their turn, for the pace or for a repetition", async () => {
  await using server = serve((request) =>
    new Response(null, {
      status: 503,
      headers: request.url.endsWith("/paused") ? { "retry-after": "60" } : {},
    })
  );
  const stop = new AbortController();
  const client = createHttpClient({ rate: 0.02, concurrency: 1, random: () => 1 });
  const paths = ["/a", "/b", "/paused"];
  const sent = paths.map((path) => client.send({ url: server.url + path, signal: stop.signal }));
  const settled = Promise.allSettled(sent);
  while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const started = performance.now();
  stop.abort();
  for (const result of await settled) {
    assert.equal(result.status === "rejected" && result.reason.code, "INTERRUPTED");
  }
  assert.ok(performance.now() - started < 20_000);
});

Deno.test("a signal that was aborted before lets no request out", async () => {
  await using server = serve(() => new Response());
  const client = createHttpClient({ signal: AbortSignal.abort() });
  const other = { url: server.url, signal: new AbortController().signal };
  await assert.rejects(client.send(other), { code: "INTERRUPTED" });
  await assert.rejects(client.send({ url: server.url }), { code: "INTERRUPTED" });
  assert.equal(client.requestCount, 0);
});

Deno.test({
  name: "hundreds of requests leave no timer and no listener on a long-lived signal behind",
  sanitizeOps: true,
  fn: leaveNothing,
});

async function leaveNothing(): Promise<void> {
  await using server = serve(() => new Response("ok"));
  const stop = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = stop.signal;
  stop.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners += 1;
    addEventListener.apply(stop.signal, args);
  };
  stop.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners -= 1;
    removeEventListener.apply(stop.signal, args);
  };
  const client = createHttpClient({ rate: 1_000_000, concurrency: 20, signal: stop.signal });
  await Promise.all(Array.from({ length: 500 }, () => client.send({ url: server.url })));
  assert.equal(listeners, 0);
}
