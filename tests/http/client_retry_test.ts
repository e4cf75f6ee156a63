import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { WorkEvent } from "../../src/base/mod.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import { patientClock, serve, serveRaw } from "../support/http_server.ts";

const good = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\ngood";
const zipped = gzipSync("x".repeat(1_000));

/** Answers that broke on the way, each followed by a good one. */
const broken: readonly [string, string | Uint8Array][] = [
  ["a connection closed without an answer", ""],
  ["half a head", "HTTP/1.1 200 OK\r\ncontent-"],
  ["something that is no HTTP", "hello\r\n\r\n"],
  ["a body shorter than announced", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc"],
  ["a cut chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab"],
  ["a missing last chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n"],
  ["cut gzip", withBody("content-encoding: gzip\r\n", zipped.subarray(0, -12))],
  ["broken gzip", withBody("content-encoding: gzip\r\n", new TextEncoder().encode("no gzip"))],
  ["503", "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
  ["408", "HTTP/1.1 408 Slow\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
  ["500", "HTTP/1.1 500 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"],
];

function withBody(header: string, body: Uint8Array): Uint8Array {
  const head = `HTTP/1.1 200 OK\r\n${header}content-length: ${body.length}\r\n\r\n`;
  return new Uint8Array([...new TextEncoder().encode(head), ...body]);
}

for (const [name, answer] of broken) {
  Deno.test(`send() repeats a request after ${name}`, async () => {
    await using server = serveRaw([answer, good]);
    const client = createHttpClient({ clock: patientClock() });
    assert.equal((await client.send({ url: server.url })).text(), "good");
    assert.equal(server.lines.length, 2);
    assert.equal(client.requestCount, 2);
  });
}

Deno.test("send() gives up after its retries and says what was wrong, with jittered pauses between", async () => {
  await using server = serve(() => Response.json({ message: "disk on fire" }, { status: 503 }));
  const clock = patientClock();
  const events: WorkEvent[] = [];
  const client = createHttpClient({
    clock,
    retries: 3,
    random: () => 0.5,
    report: { emit: (event) => events.push(event) },
  });
  await assert.rejects(client.send({ url: `${server.url}/a?token=hunter2` }), {
    code: "HTTP_STATUS",
    exit: 6,
    message: /^GET http:.*\/a\?token=\*\*\* was answered with 503 .*: disk on fire$/,
    details: { status: 503, url: `${server.url}/a?token=***`, method: "GET" },
  });
  assert.equal(server.requests.length, 4);
  // What is shorter is the pace's own waiting.
  assert.deepEqual(clock.pauses.filter((pause) => pause >= 250), [250, 500, 1_000]);
  const logged = events.filter((event) => event.kind === "logged" && event.level === "DEBUG");
  assert.equal(logged.length, 3);
  assert.ok(!JSON.stringify(events).includes("hunter2"));
});

Deno.test("send() does not repeat what will fail again", async () => {
  await using server = serve(() => new Response("<title>Gone</title>", { status: 404 }));
  const client = createHttpClient();
  await assert.rejects(client.send({ url: server.url }), {
    code: "HTTP_STATUS",
    hint: "Check the URL",
  });
  assert.equal(server.requests.length, 1);
  assert.equal((await client.send({ url: server.url, accept: [404] })).status, 404);
});

Deno.test("send() repeats a POST only when it may, or when the server refused it unread", async () => {
  await using server = serve((_request, count) =>
    new Response(null, { status: count === 0 ? 500 : count === 2 ? 500 : count === 4 ? 429 : 200 })
  );
  const client = createHttpClient({ clock: patientClock() });
  const post = { url: server.url, method: "POST", body: "x" } as const;
  await assert.rejects(client.send(post), { code: "HTTP_STATUS" });
  assert.equal((await client.send({ ...post, url: `${server.url}/2` })).status, 200);
  assert.equal((await client.send({ ...post, repeatable: true })).status, 200);
  assert.equal((await client.send(post)).status, 200);
  assert.equal(server.requests.length, 6);
});

for (const retryAfter of ["7", "Thu, 01 Jan 2026 00:00:07 GMT"]) {
  for (const status of [429, 503]) {
    Deno.test(`send() waits for Retry-After: ${retryAfter} after ${status} before it repeats`, async () => {
      await using server = serve((_request, count) =>
        count === 0
          ? new Response("later", { status, headers: { "retry-after": retryAfter } })
          : new Response("now")
      );
      const clock = patientClock();
      assert.equal((await createHttpClient({ clock }).send({ url: server.url })).text(), "now");
      const waited = Math.max(...clock.pauses);
      assert.ok(waited > 6_500 && waited <= 7_000, `${clock.pauses}`);
    });
  }
}

Deno.test("Retry-After holds back every request to that host and none to others", async () => {
  await using busy = serve((_request, count) =>
    new Response(null, count === 0 ? { status: 503, headers: { "retry-after": "3" } } : {})
  );
  await using other = serve(() => new Response(null));
  const client = createHttpClient();
  const started = performance.now();
  const first = client.send({ url: busy.url });
  while (busy.requests.length === 0) await client.send({ url: other.url });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await client.send({ url: other.url });
  assert.equal(busy.requests.length, 1);
  await client.send({ url: busy.url });
  await first;
  assert.ok(performance.now() - started > 2_990);
});

Deno.test("send() names a host that refuses connections and what may help", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const client = createHttpClient({ retries: 1, clock: patientClock() });
  await assert.rejects(client.send({ url: `http://u:secret@127.0.0.1:${port}/` }), {
    code: "NETWORK_UNREACHABLE",
    exit: 6,
    message: new RegExp(`^Cannot fetch http://\\*\\*\\*@127.0.0.1:${port}/: .*refused`, "i"),
    hint: /HTTPS_PROXY/,
  });
  assert.equal(client.requestCount, 2);
});
