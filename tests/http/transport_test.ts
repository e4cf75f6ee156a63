import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createHttpClient } from "../../src/http/mod.ts";
import { serve, serveRaw } from "../support/http_server.ts";

const certificate = fileURLToPath(
  new URL("../support/certificates/localhost.pem", import.meta.url),
);
const key = fileURLToPath(new URL("../support/certificates/localhost_key.pem", import.meta.url));

/** An HTTPS server whose certificate nobody has signed. */
async function serveSelfSigned() {
  const [cert, keyText] = await Promise.all(
    [certificate, key].map((path) => Deno.readTextFile(path)),
  );
  return serve(() => new Response("secure"), { cert, key: keyText });
}

Deno.test("a server with a self-signed certificate is trusted when SSL_CERT_FILE names it", async () => {
  await using server = await serveSelfSigned();
  await using plain = serve(() => new Response("plain"));
  const env = (name: string) => name === "SSL_CERT_FILE" ? certificate : undefined;
  const client = createHttpClient({ env });
  assert.equal((await client.send({ url: server.url })).text(), "secure");
  assert.equal((await client.send({ url: plain.url })).text(), "plain");
});

Deno.test("a server with a self-signed certificate is refused at once, with a hint at SSL_CERT_FILE", async () => {
  await using server = await serveSelfSigned();
  const client = createHttpClient({ env: () => undefined });
  await assert.rejects(client.send({ url: server.url }), {
    code: "NETWORK_UNTRUSTED",
    exit: 6,
    message: /UnknownIssuer/,
    hint: /SSL_CERT_FILE/,
  });
  assert.equal(client.requestCount, 1);
});

Deno.test("an SSL_CERT_FILE that is missing or holds no certificate is named", async () => {
  await using server = serve(() => new Response());
  const missing = createHttpClient({ env: () => `${certificate}.missing` });
  await assert.rejects(missing.send({ url: server.url }), {
    code: "FILE_NOT_FOUND",
    message: /Cannot read the certificates of SSL_CERT_FILE/,
  });
  const wrong = createHttpClient({ env: () => key });
  await assert.rejects(wrong.send({ url: server.url }), {
    code: "NETWORK_UNTRUSTED",
    message: /holds no PEM certificate/,
  });
});

const program = `
import { createHttpClient } from ${
  JSON.stringify(new URL("../../src/http/mod.ts", import.meta.url))
};
const client = createHttpClient({ retries: 0 });
try {
  console.log((await client.send({ url: Deno.args[0] })).text());
} catch (error) {
  console.log(error.code);
}
`;

/** What a process with these variables gets from a URL. */
async function fetchWith(env: Record<string, string>, url: string): Promise<string> {
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", config, "-", url],
    env: { NO_PROXY: "", no_proxy: "", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  const { stdout } = await child.output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("requests go through the proxies that the environment names", async () => {
  const answer = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\nby proxy!";
  await using proxy = serveRaw([answer]);
  await using origin = serve(() => new Response("direct"));
  const far = "http://registry.invalid/nodes";
  const results = await Promise.all([
    fetchWith({ HTTP_PROXY: proxy.url }, far),
    fetchWith({ all_proxy: proxy.url }, far),
    fetchWith({ HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" }, origin.url),
  ]);
  assert.deepEqual(results, ["by proxy!", "by proxy!", "direct"]);
  assert.deepEqual(proxy.lines, [`GET ${far} HTTP/1.1`, `GET ${far} HTTP/1.1`]);
});

Deno.test("an HTTPS request asks the proxy for a tunnel", async () => {
  await using proxy = serveRaw(["HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n"]);
  const url = "https://registry.invalid/";
  assert.equal(await fetchWith({ https_proxy: proxy.url }, url), "NETWORK_UNREACHABLE");
  assert.deepEqual(proxy.lines, ["CONNECT registry.invalid:443 HTTP/1.1"]);
});
