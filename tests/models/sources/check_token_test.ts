import assert from "node:assert/strict";
import { systemClock } from "../../../src/base/mod.ts";
import { createHttpClient } from "../../../src/http/mod.ts";
import { checkToken, readSourceHosts } from "../../../src/models/sources/mod.ts";
import { serve } from "../../support/http_server.ts";

const PAGE = { headers: { "content-type": "text/html" } };
const CASES: readonly [name: string, answer: () => Response, kind: string, user?: string][] = [
  ["its name", () => Response.json({ name: "me" }), "accepted", "me"],
  ["no name", () => Response.json({ id: 1 }), "accepted"],
  ["401", () => Response.json({ error: "Unauthorized" }, { status: 401 }), "refused"],
  ["403", () => new Response("no", { status: 403 }), "refused"],
  ["404", () => new Response("gone", { status: 404 }), "unknown"],
  ["a page", () => new Response("<html>", PAGE), "unknown"],
  ["a list", () => Response.json([]), "unknown"],
];

Deno.test("a token is known, refused, or could not be asked about, by what its service answers", async () => {
  for (const [name, answer, kind, user] of CASES) {
    await using server = serve(answer);
    const hosts = await readSourceHosts({ HF_ENDPOINT: server.url });
    const http = createHttpClient({ clock: systemClock });
    const check = await checkToken({ http, hosts }, "huggingface", "token");
    assert.equal(check.kind, kind, name);
    assert.equal(check.kind === "accepted" ? check.user : undefined, user, name);
  }
});

Deno.test("a token goes to its own service and to no other host that it leads to", async () => {
  const sent: (string | null)[] = [];
  await using other = serve(({ headers }) => {
    sent.push(headers.get("authorization"));
    return Response.json({ username: "somebody else" });
  });
  await using server = serve(({ headers, url }) => {
    sent.push(headers.get("authorization"));
    assert.equal(new URL(url).pathname, "/api/v1/me");
    return Response.redirect(`${other.url}/me`, 302);
  });
  const hosts = await readSourceHosts({ CIVITAI_ENDPOINT: server.url });
  await checkToken({ http: createHttpClient({}), hosts }, "civitai", "secret-4711");
  assert.equal(sent[0], "Bearer secret-4711");
  assert.deepEqual(sent.slice(1).filter((header) => header !== null), []);
});
