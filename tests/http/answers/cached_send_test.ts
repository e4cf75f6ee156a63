import assert from "node:assert/strict";
import { join } from "node:path";
import type { WorkEvent } from "../../../src/base/mod.ts";
import {
  type AnswerCache,
  cachedSend,
  createCachingClient,
  openAnswerCache,
} from "../../../src/http/answers/mod.ts";
import { createHttpClient, type HttpRequest } from "../../../src/http/mod.ts";
import { type Answer, patientClock, serve } from "../../support/http_server.ts";

const HOUR = 3_600_000;

interface Scene {
  readonly cache: AnswerCache;
  readonly clock: ReturnType<typeof patientClock>;
  readonly events: readonly WorkEvent[];
  readonly path: string;
}

async function withCache(work: (scene: Scene) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  const events: WorkEvent[] = [];
  const clock = patientClock();
  const path = join(directory, ".metadata", "api_cache.db");
  const cache = openAnswerCache(path, { clock, report: { emit: (event) => events.push(event) } });
  try {
    await work({ cache, clock, events, path });
  } finally {
    cache.close();
    await Deno.remove(directory, { recursive: true });
  }
}

/** An answer that knows its ETag, and how often it was sent whole. */
function tagged(): Answer & { whole: number } {
  const answer = (request: Request) => {
    if (request.headers.get("if-none-match") === '"1"') {
      return new Response(null, { status: 304, headers: { etag: '"1"' } });
    }
    answer.whole += 1;
    return Response.json({ n: answer.whole }, { headers: { etag: '"1"' } });
  };
  answer.whole = 0;
  return answer;
}

Deno.test("cachedSend() asks once while the answer is young, then by its ETag", async () => {
  await withCache(async ({ cache, clock }) => {
    const answer = tagged();
    await using server = serve(answer);
    const http = createHttpClient({ clock });
    const request = { url: `${server.url}/a`, maxAgeMs: HOUR };
    const origins: string[] = [];
    for (const pause of [0, HOUR - 1, 1, 10]) {
      await clock.sleep(pause);
      const { response, from } = await cachedSend(http, cache, request);
      assert.deepEqual([response.json(), response.status], [{ n: 1 }, 200]);
      assert.equal(response.headers.get("content-type"), "application/json");
      origins.push(from);
    }
    assert.deepEqual(origins, ["network", "cache", "cache", "cache"]);
    assert.deepEqual([server.requests.length, answer.whole], [2, 1]);
  });
});

Deno.test("cachedSend() uses an old answer when the network fails, and says so unless offline", async () => {
  await withCache(async ({ cache, clock, events }) => {
    const server = serve(() => Response.json([1]));
    const http = createHttpClient({ clock, retries: 0 });
    const request = { url: `${server.url}/a`, maxAgeMs: HOUR };
    await cachedSend(http, cache, request);
    await server[Symbol.asyncDispose]();
    await clock.sleep(2 * HOUR);
    const offline = createHttpClient({ offline: true });
    assert.equal((await cachedSend(offline, cache, request)).from, "stale");
    assert.deepEqual(events, []);
    const { response, from } = await cachedSend(http, cache, request);
    assert.deepEqual([response.json(), from], [[1], "stale"]);
    assert.equal(events.length, 1);
    assert.match(JSON.stringify(events[0]), /ANSWER_STALE.*answer of 2026-01-01T00:00:00Z/);
    const other = { url: `${server.url}/b`, maxAgeMs: HOUR };
    await assert.rejects(cachedSend(offline, cache, other), { code: "NETWORK_OFFLINE" });
    await assert.rejects(cachedSend(http, cache, other), { code: "NETWORK_UNREACHABLE" });
  });
});

Deno.test("cachedSend() goes on with the old answer at 503, not at 404 or 403", async () => {
  await withCache(async ({ cache, clock }) => {
    let status = 200;
    await using server = serve(() => Response.json({ status }, { status }));
    const http = createHttpClient({ clock, retries: 0 });
    const request = { url: server.url, maxAgeMs: 0 };
    await cachedSend(http, cache, request);
    status = 503;
    assert.deepEqual((await cachedSend(http, cache, request)).response.json(), { status: 200 });
    for (status of [403, 404]) {
      await assert.rejects(cachedSend(http, cache, request), { code: "HTTP_STATUS" });
    }
    const accepting = { ...request, accept: [404], maxAgeMs: 24 * HOUR };
    assert.equal((await cachedSend(http, cache, accepting)).from, "cache");
    assert.equal(
      (await cachedSend(http, cache, { ...accepting, maxAgeMs: 0 })).response.status,
      404,
    );
    assert.equal((await cachedSend(http, cache, accepting)).from, "cache");
    await clock.sleep(HOUR);
    assert.equal((await cachedSend(http, cache, accepting)).from, "network");
  });
});

Deno.test("nothing secret is kept, and answers made for a holder of credentials only when asked", async () => {
  await withCache(async ({ cache, path }) => {
    await using server = serve(() => Response.json(["private"]));
    const http = createHttpClient();
    const plain = new URL(`${server.url}/x`);
    const requests: readonly HttpRequest[] = [
      { url: plain, headers: { authorization: "Bearer sesame-sesame" } },
      { url: plain, headers: { cookie: "session=sesame" } },
      { url: `${plain}?token=sesame` },
      { url: `${plain}?X-Amz-Signature=sesame` },
      { url: plain.href.replace("//", "//me:sesame@") },
      { url: plain, headers: { range: "bytes=0-1" } },
      { url: plain, method: "POST", body: "{}" },
    ];
    for (const request of requests) {
      for (const _ of [1, 2]) {
        assert.equal(
          (await cachedSend(http, cache, { ...request, maxAgeMs: HOUR })).from,
          "network",
        );
      }
    }
    const asked = { ...requests[2]!, maxAgeMs: HOUR, keepPrivate: true };
    assert.equal((await cachedSend(http, cache, asked)).from, "network");
    assert.equal((await cachedSend(http, cache, asked)).from, "cache");
    assert.ok(cache.checkedAt(plain.href));
    cache.close();
    assert.doesNotMatch(new TextDecoder("latin1").decode(await Deno.readFile(path)), /sesame/);
  });
});

Deno.test("a caching client does not wait again for a host that has failed", async () => {
  await withCache(async ({ cache, clock, events }) => {
    let up = true;
    await using server = serve((request) =>
      up ? Response.json(request.url) : new Response(null, { status: 500 })
    );
    const http = createHttpClient({ clock, retries: 0 });
    const urls = ["a", "b", "c"].map((name) => `${server.url}/${name}`);
    const first = createCachingClient(http, cache, { maxAgeMs: HOUR });
    for (const url of urls) await first.send({ url });
    up = false;
    await clock.sleep(2 * HOUR);
    const origins: string[] = [];
    const later = createCachingClient(http, cache, {
      maxAgeMs: HOUR,
      onAnswer: (_url, from) => origins.push(from),
    });
    for (const url of urls) assert.equal((await later.send({ url })).json(), url);
    assert.deepEqual(origins, ["stale", "stale", "stale"]);
    assert.deepEqual([server.requests.length, events.length], [4, 1]);
  });
});
