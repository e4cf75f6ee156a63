import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { createHttpClient } from "../../src/http/mod.ts";
import { patientClock, serve } from "../support/http_server.ts";

/** A body of 300 MB; `sent` counts the bytes that were asked for. */
function huge(sent: { bytes: number }): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      sent.bytes += 65_536;
      controller.enqueue(new Uint8Array(65_536));
      if (sent.bytes >= 300_000_000) controller.close();
    },
  });
}

Deno.test("send() stops reading a body as soon as it grows over its limit, and does not ask again", async () => {
  const sent = { bytes: 0 };
  await using server = serve(() => new Response(huge(sent)));
  const client = createHttpClient({ maxBytes: 200_000 });
  await assert.rejects(client.send({ url: server.url }), {
    code: "HTTP_BODY_TOO_LARGE",
    message: /larger than the 200000 bytes accepted/,
  });
  assert.equal(server.requests.length, 1);
  assert.ok(sent.bytes < 50_000_000, `${sent.bytes} bytes were sent`);
});

Deno.test("send() refuses a body by its announced length before reading it", async () => {
  await using server = serve(() => new Response("x".repeat(2_000)));
  const client = createHttpClient();
  await assert.rejects(client.send({ url: server.url, maxBytes: 1_999 }), {
    code: "HTTP_BODY_TOO_LARGE",
  });
  assert.equal((await client.send({ url: server.url, maxBytes: 2_000 })).body.length, 2_000);
  const head = await client.send({ url: server.url, method: "HEAD", maxBytes: 10 });
  assert.equal(head.headers.get("content-length"), "2000");
});

Deno.test("send() measures a compressed body by what it unpacks to", async () => {
  const packed = new Uint8Array(gzipSync(new Uint8Array(5_000_000)));
  await using server = serve(() =>
    new Response(packed, { headers: { "content-encoding": "gzip" } })
  );
  const client = createHttpClient();
  await assert.rejects(client.send({ url: server.url, maxBytes: 100_000 }), {
    code: "HTTP_BODY_TOO_LARGE",
  });
  assert.equal((await client.send({ url: server.url })).body.length, 5_000_000);
});

Deno.test("send() gives each attempt its time, body included", async () => {
  const late = Promise.withResolvers<Response>();
  const stuck = {
    start: (to: ReadableStreamDefaultController<Uint8Array>) => to.enqueue(new Uint8Array(9)),
  };
  await using server = serve((_request, count) =>
    count === 0 ? late.promise : new Response(new ReadableStream(stuck))
  );
  const client = createHttpClient({ retries: 1, clock: patientClock() });
  const started = performance.now();
  await assert.rejects(client.send({ url: server.url, timeoutMs: 600 }), {
    code: "NETWORK_TIMEOUT",
    message: /no whole answer within 0.6 s/,
  });
  late.resolve(new Response());
  assert.ok(performance.now() - started > 1_190);
  assert.equal(server.requests.length, 2);
});

Deno.test("send() keeps to its concurrency per host", async () => {
  let open = 0;
  let most = 0;
  await using server = serve(async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 20));
    open -= 1;
    return new Response();
  });
  const client = createHttpClient({ concurrency: 4, rate: 100_000 });
  await Promise.all(Array.from({ length: 40 }, () => client.send({ url: server.url })));
  assert.equal(most, 4);
});

Deno.test("send() never goes faster than the rate", async () => {
  await using server = serve(() => new Response());
  const client = createHttpClient({ rate: 50 });
  const started = performance.now();
  await Promise.all(Array.from({ length: 31 }, () => client.send({ url: server.url })));
  // The pace starts at 20 and grows; at 50 a second 30 gaps take 600 ms.
  assert.ok(performance.now() - started >= 590);
});

Deno.test("send() counts every request against the budget and stops before the one beyond", async () => {
  await using server = serve((request, count) =>
    request.url.endsWith("/from")
      ? Response.redirect(new URL("/to", request.url))
      : new Response(null, { status: count === 0 ? 500 : 200 })
  );
  const client = createHttpClient({ requestBudget: 4, clock: patientClock() });
  assert.equal(client.budgetLeft, 4);
  await client.send({ url: server.url });
  assert.equal(client.budgetLeft, 2);
  await client.send({ url: `${server.url}/from` });
  assert.equal(client.budgetLeft, 0);
  await assert.rejects(client.send({ url: server.url }), {
    code: "REQUEST_BUDGET_SPENT",
    message: /the budget of 4 requests is spent/,
  });
  assert.equal(server.requests.length, 4);
  assert.equal(client.requestCount, 4);
  assert.equal(createHttpClient().budgetLeft, Infinity);
});

Deno.test("concurrent requests do not overdraw the budget", async () => {
  await using server = serve(() => new Response());
  const client = createHttpClient({ requestBudget: 5, rate: 100_000 });
  const sent = Array.from({ length: 20 }, () => client.send({ url: server.url }));
  const settled = await Promise.allSettled(sent);
  assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 5);
  assert.equal(server.requests.length, 5);
});

Deno.test("an offline client reaches the servers it is told are its own, on loopback alone, and follows none away", async () => {
  await using other = serve(() => new Response("other"));
  await using own = serve(({ url }) =>
    new URL(url).pathname === "/away"
      ? new Response(null, { status: 302, headers: { location: other.url } })
      : new Response("own")
  );
  const ownServers = [new URL(own.url).origin, "http://192.0.2.1", "http://localhost.example.org"];
  const client = createHttpClient({ offline: true, ownServers });
  assert.equal((await client.send({ url: own.url })).text(), "own");
  const refused = [
    other.url,
    `${own.url}/away`,
    "http://192.0.2.1",
    "http://localhost.example.org",
  ];
  for (const url of refused) {
    await assert.rejects(client.send({ url }), { code: "NETWORK_OFFLINE" }, url);
  }
  assert.deepEqual(other.requests, []);
});

Deno.test("an offline client opens no connection, not even to this machine", async () => {
  await using server = serve(() => new Response());
  const client = createHttpClient({ offline: true });
  await assert.rejects(client.send({ url: server.url }), {
    code: "NETWORK_OFFLINE",
    exit: 6,
    hint: /--offline/,
  });
  assert.equal(server.requests.length + client.requestCount, 0);
});
