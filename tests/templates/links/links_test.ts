import { deepEqual, equal, rejects } from "node:assert/strict";
import { createHttpClient } from "../../../src/http/mod.ts";
import { followLinks, type LinkChoice } from "../../../src/templates/links/mod.ts";
import { patientClock, serve } from "../../support/http_server.ts";

/** A server that has a fault at each of its paths. */
function faultyServer() {
  const counts = new Map<string, number>();
  return serve((request) => {
    const { pathname } = new URL(request.url);
    const count = counts.get(pathname) ?? 0;
    counts.set(pathname, count + 1);
    switch (pathname) {
      case "/alive":
        return new Response(null);
      case "/moved":
        return new Response(null, { status: 302, headers: { location: "/alive" } });
      case "/get-only":
        if (request.method === "HEAD") return new Response(null, { status: 405 });
        return new Response("x".repeat(100_000));
      case "/gated":
        return new Response(null, { status: 401 });
      case "/busy":
        return new Response(null, { status: 429, headers: { "retry-after": "1" } });
      case "/passing":
        return new Response(null, { status: count === 0 ? 503 : 200 });
      case "/down":
        return new Response(null, { status: 500 });
      default:
        return new Response(null, { status: pathname === "/gone" ? 410 : 404 });
    }
  });
}

async function follow(urls: readonly string[], choice: LinkChoice = {}) {
  const http = createHttpClient({ clock: patientClock(), retries: 2 });
  const links = urls.map((url) => ({
    url,
    places: [{ file: "a.json", line: 3, from: "note" as const }],
  }));
  return await followLinks(http, links, choice);
}

Deno.test("addresses are alive, dead or unknown by what their servers answer; what passes is asked again", async () => {
  await using server = faultyServer();
  const paths = [
    "alive",
    "moved",
    "get-only",
    "passing",
    "gated",
    "busy",
    "down",
    "missing",
    "gone",
  ];
  const { answers, findings } = await follow(paths.map((path) => `${server.url}/${path}`));
  deepEqual(answers.map(({ state, status }) => `${state} ${status}`), [
    ...["alive 200", "alive 200", "alive 200", "alive 200"],
    ...["unknown 401", "unknown 429", "unknown 500", "dead 404", "dead 410"],
  ]);
  deepEqual(findings.map(({ code, file, line }) => `${code} ${file}:${line}`), [
    ...Array(3).fill("W_LINK_UNKNOWN a.json:3"),
    ...Array(2).fill("E_DEAD_LINK a.json:3"),
  ]);
  const busy = server.requests.filter(({ url }) => url.endsWith("/busy"));
  equal(busy.length, 3, "asked again twice");
});

Deno.test("addresses that are not allowed or are to be skipped are not asked for", async () => {
  await using server = faultyServer();
  const urls = ["/alive", "/skip/a", "/other"].map((path) => server.url + path);
  const { answers, findings } = await follow(urls, {
    allow: [`${server.url}/alive`, `${server.url}/skip`],
    skip: [`${server.url}/skip`],
  });
  deepEqual(answers.map(({ state }) => state), ["alive", "skipped", "skipped"]);
  deepEqual(findings, []);
  equal(server.requests.length, 1);
});

Deno.test("a server that does not answer is unknown, an address that is none dead, and an end is an end", async () => {
  const silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = silent.addr as Deno.NetAddr;
  const { answers } = await follow([`http://127.0.0.1:${port}/`, "http://:/x"], { timeoutMs: 100 });
  silent.close();
  deepEqual(answers.map(({ state }) => state), ["unknown", "dead"]);
  await using server = faultyServer();
  await rejects(follow([`${server.url}/alive`], { signal: AbortSignal.abort() }), {
    code: "INTERRUPTED",
  });
});
