import assert from "node:assert/strict";
import { createHttpClient, sendJson } from "../../src/http/mod.ts";
import { patientClock, serve } from "../support/http_server.ts";

Deno.test("send() sends what it is given and hands the answer back", async () => {
  await using server = serve(async (request) =>
    Response.json({
      method: request.method,
      agent: request.headers.get("user-agent"),
      extra: request.headers.get("x-extra"),
      body: await request.text(),
    }, { headers: { etag: '"1"' } })
  );
  const client = createHttpClient({ userAgent: "comfydock/1" });
  const response = await client.send({
    url: `${server.url}/a`,
    method: "POST",
    headers: { "x-extra": "é".normalize("NFC") },
    body: "né",
  });
  assert.deepEqual(response.json(), {
    method: "POST",
    agent: "comfydock/1",
    extra: "é",
    body: "né",
  });
  assert.equal(response.etag, '"1"');
  assert.equal(response.url, `${server.url}/a`);
  assert.equal(response.status, 200);
});

Deno.test("send() hands 304 back as an answer when the etag still holds", async () => {
  await using server = serve((request) =>
    request.headers.get("if-none-match") === '"v2"'
      ? new Response(null, { status: 304, headers: { etag: '"v2"' } })
      : Response.json([1])
  );
  const client = createHttpClient();
  const answer = await sendJson(client, { url: server.url, etag: '"v2"' });
  assert.deepEqual([answer.response.status, answer.value], [304, undefined]);
  assert.deepEqual((await sendJson(client, { url: server.url, etag: '"v1"' })).value, [1]);
});

Deno.test("sendJson() asks again when JSON was cut though the transfer looked whole", async () => {
  await using server = serve((_request, count) =>
    new Response(count === 0 ? '{"items": [1, 2' : '{"items": []}')
  );
  const client = createHttpClient({ clock: patientClock() });
  assert.deepEqual((await sendJson(client, { url: server.url })).value, { items: [] });
  assert.equal(server.requests.length, 2);
});

Deno.test("sendJson() says after three tries what came instead of JSON", async () => {
  const cases: readonly [string, string, string][] = [
    [
      "<!DOCTYPE html><title>\n Log\u0007in </title>",
      "text/html",
      'a page of HTML titled "Log in"',
    ],
    ["<html><body>", "text/plain", "a page of HTML"],
    ["oops", "text/html; charset=utf-8", "a page of HTML"],
    ["", "application/json", "an empty answer"],
    ['{"a": ', "application/json", "JSON that is cut or damaged, 6 characters long"],
    ["\u001b[31mBad\nGateway", "text/plain", 'a text that starts with "[31mBad Gateway"'],
  ];
  for (const [body, type, found] of cases) {
    await using server = serve(() => new Response(body, { headers: { "content-type": type } }));
    const client = createHttpClient({ clock: patientClock() });
    await assert.rejects(sendJson(client, { url: `${server.url}/x?key=hidden` }), (error) => {
      assert.equal(
        (error as Error).message,
        `Expected JSON from ${server.url}/x?key=***, found ${found.replace("Login", "Log in")}`,
      );
      return true;
    });
    assert.equal(server.requests.length, 3, found);
  }
});

Deno.test("send() follows redirects to another host without the credentials", async () => {
  await using other = serve((request) => Response.json([...request.headers.keys()]));
  await using server = serve((request) =>
    request.url.endsWith("/a")
      ? new Response("moved", { status: 302, headers: { location: "/b" } })
      : Response.json(null, {
        status: 307,
        headers: {
          location: request.headers.get("authorization") === "Bearer 12345678"
            ? `${other.url}/c`
            : "/lost",
        },
      })
  );
  const client = createHttpClient();
  const headers = { authorization: "Bearer 12345678", cookie: "a=b", "x-kept": "1" };
  const response = await client.send({ url: `${server.url}/a`, headers });
  assert.equal(response.url, `${other.url}/c`);
  const sent = response.json() as string[];
  assert.ok(sent.includes("x-kept"));
  assert.ok(!sent.includes("authorization") && !sent.includes("cookie"), `${sent}`);
  assert.equal(client.requestCount, 3);
});

Deno.test("send() ends redirects that go in a circle", async () => {
  await using server = serve(() => new Response(null, { status: 302, headers: { location: "/" } }));
  await assert.rejects(createHttpClient().send({ url: server.url }), {
    code: "HTTP_REDIRECT",
    message: /more than 10 redirects/,
  });
  assert.equal(server.requests.length, 11);
});

Deno.test("messages do not repeat a credential that a server echoes", async () => {
  await using server = serve((request) =>
    Response.json({ error: `bad token ${request.headers.get("authorization")}` }, { status: 401 })
  );
  const headers = { authorization: "Bearer verysecretvalue" };
  await assert.rejects(createHttpClient().send({ url: server.url, headers }), (error) => {
    assert.match((error as Error).message, /401 .*bad token/);
    assert.ok(!(error as Error).message.includes("verysecret"));
    return true;
  });
});
