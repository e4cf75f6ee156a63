import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { createHttpClient } from "../../../src/http/mod.ts";
import { parseUsage, usageOnIndex } from "../../../src/templates/publishing/mod.ts";
import { serve } from "../../support/http_server.ts";

const files = (...sizes: readonly unknown[]) =>
  Response.json({
    meta: { "api-version": "1.1" },
    files: sizes.map((size) => ({ filename: "a", size })),
  }, { headers: { "content-type": "application/vnd.pypi.simple.v1+json" } });

Deno.test("an index is asked what distributions take there; one that it lacks takes nothing", async () => {
  const accepted = new Set<string | null>();
  await using server = serve((request) => {
    accepted.add(request.headers.get("accept"));
    const { pathname } = new URL(request.url);
    if (pathname === "/simple/demo-core/") return files(1_000, 24);
    return new Response("none", { status: 404 });
  });
  const client = createHttpClient({ env: () => undefined });
  const usage = await usageOnIndex(client, `${server.url}/simple/`, ["demo-core", "demo-new"]);
  deepEqual([...usage], [["demo-core", 1_024], ["demo-new", 0]]);
  deepEqual([...accepted], ["application/vnd.pypi.simple.v1+json"]);
});

Deno.test("an index that gives pages instead of JSON, or no sizes, is told as such", async () => {
  const client = createHttpClient({ env: () => undefined, retries: 0 });
  await using pages = serve(() =>
    new Response("<!DOCTYPE html>", { headers: { "content-type": "text/html" } })
  );
  await rejects(usageOnIndex(client, pages.url, ["a"]), { code: "HTTP_BODY_INVALID" });
  await using old = serve(() => files(undefined));
  await rejects(usageOnIndex(client, old.url, ["a"]), { code: "DATA_INVALID", message: /size/ });
});

Deno.test("a file says bytes by name, and nothing else", () => {
  equal(parseUsage('{"a": 5}', "usage.json").get("a"), 5);
  throws(() => parseUsage("{", "usage.json"), { code: "DATA_INVALID" });
  throws(() => parseUsage('{"a": "5"}', "usage.json"), { code: "DATA_INVALID" });
});
