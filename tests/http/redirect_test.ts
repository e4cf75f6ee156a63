import assert from "node:assert/strict";
import { httpErrors } from "../../src/http/errors.ts";
import { type Exchange, parseUrl, planRedirect } from "../../src/http/redirect.ts";

const secrets = {
  authorization: "Bearer abcdefgh",
  cookie: "session=1",
  "x-api-key": "k",
  "private-token": "t",
};

function post(): Exchange {
  const headers = new Headers({ ...secrets, "content-type": "application/json", accept: "a/b" });
  return { url: new URL("https://a.test/x/y?q"), method: "POST", headers, body: "{}" };
}

Deno.test("planRedirect() keeps or drops method and body as the Fetch standard says", () => {
  const cases: readonly [number, string, string][] = [
    [301, "POST", "GET"],
    [302, "POST", "GET"],
    [303, "POST", "GET"],
    [307, "POST", "POST"],
    [308, "POST", "POST"],
    [302, "GET", "GET"],
    [303, "HEAD", "HEAD"],
    [301, "HEAD", "HEAD"],
  ];
  for (const [status, method, wanted] of cases) {
    const next = planRedirect({ ...post(), method }, status, "z");
    assert.equal(next.method, wanted, `${status} ${method}`);
    assert.equal(next.url.href, "https://a.test/x/z");
    if (method !== "POST") continue;
    assert.equal(next.body, wanted === "POST" ? "{}" : undefined);
    assert.equal(next.headers.has("content-type"), wanted === "POST");
  }
});

Deno.test("planRedirect() leaves credentials behind on another host, port or scheme", () => {
  for (
    const location of ["https://b.test/", "https://a.test:8443/", "http://a.test/", "//b.test/x"]
  ) {
    const { headers } = planRedirect(post(), 307, location);
    assert.deepEqual([...headers.keys()], ["accept", "content-type"], location);
  }
  const same = planRedirect(post(), 307, "/other").headers;
  for (const name of Object.keys(secrets)) assert.ok(same.has(name), name);
});

Deno.test("planRedirect() and parseUrl() refuse all but http and https", () => {
  for (const url of ["file:///etc/passwd", "ftp://a.test/", "data:text/plain,x", "javascript:1"]) {
    assert.throws(() => planRedirect(post(), 302, url), { code: httpErrors.HTTP_REDIRECT.code });
    assert.throws(() => parseUrl(url), { code: httpErrors.HTTP_URL_INVALID.code });
  }
  assert.throws(() => parseUrl("not a url"), { message: /Cannot request "not a url"/ });
  assert.throws(() => planRedirect(post(), 302, "http://[bad"), { code: "HTTP_REDIRECT" });
});
