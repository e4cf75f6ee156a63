import assert from "node:assert/strict";
import { join } from "node:path";
import { openSource, prepareImport } from "../../../src/bundles/mod.ts";
import { createHttpClient } from "../../../src/http/mod.ts";
import { SMALL_MANIFEST, smallBundle, writeBundle } from "../../support/bundle_files.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";
import { serve } from "../../support/http_server.ts";

const PACK = (url: string) => `
[tool.comfydock.nodes.far]
name = "far"
version = "1.0.0"
source = "registry"
directory = "far"
download_url = "${url}"
`;

function lockOf(url: string): string {
  const wheel = (name: string) =>
    `[[package]]\nname = "${name}"\nversion = "1.0"\nsource = { registry = "${url}/simple" }\n` +
    `wheels = [{ url = "${url}/${name}-1.0-py3-none-any.whl", hash = "sha256:${
      "c".repeat(64)
    }" }]\n`;
  return 'version = 1\nrequires-python = "==3.13.*"\n[[package]]\nname = "small"\nversion = "0.1.0"\n' +
    'source = { virtual = "." }\ndependencies = [{ name = "weighed" }, { name = "secretive" }]\n' +
    `${wheel("weighed")}${wheel("secretive")}${wheel("needless")}`;
}

Deno.test("a plan for people says what is fetched, from where and how large it is, as far as servers tell", async () => {
  await using server = serve(({ url, method }) => {
    const { pathname } = new URL(url);
    if (method !== "HEAD" || /secretive/.test(pathname)) return new Response("", { status: 404 });
    const size = /far/.test(pathname) ? "777" : "4242";
    return new Response(null, { headers: { "content-length": size } });
  });
  await withEnvironment(async ({ root, world, environment }) => {
    const path = join(root, "small.tar");
    const { git } = world();
    const head = await git.resolve(environment.comfyui, "HEAD");
    const manifest = SMALL_MANIFEST.replace("a".repeat(40), head!) + PACK(`${server.url}/far.zip`);
    const encode = (text: string) => new TextEncoder().encode(text);
    const files = smallBundle()
      .set("pyproject.toml", encode(manifest))
      .set("uv.lock", encode(lockOf(server.url)));
    await writeBundle(path, files);
    const online = { ...world(), http: () => Promise.resolve(createHttpClient({})) };
    await using source = await openSource(online, { kind: "file", path });
    const request = { strict: false, use: false };

    const blind = await prepareImport(online, source, request);
    assert.equal(blind.plan.downloads, undefined);
    assert.deepEqual(server.requests, [], "nobody is asked for nobody");

    const { plan } = await prepareImport(online, source, { ...request, weigh: true });
    assert.deepEqual(plan.downloads, {
      needed: 2,
      fetched: 2,
      bytes: 4_242,
      atMost: false,
      unknown: 1,
      hosts: [new URL(server.url).host],
    });
    assert.deepEqual(plan.nodes.map(({ id, size }) => [id, size]), [
      ["pack", undefined],
      ["far", 777],
    ]);
    const asked = server.requests.map(({ url, method }) => `${method} ${new URL(url).pathname}`);
    assert.deepEqual(asked.sort(), [
      "HEAD /far.zip",
      "HEAD /secretive-1.0-py3-none-any.whl",
      "HEAD /weighed-1.0-py3-none-any.whl",
    ]);

    const offline = { ...world({ offline: true }) };
    const dark = await prepareImport(offline, source, { ...request, weigh: true });
    assert.deepEqual([dark.plan.downloads?.bytes, dark.plan.downloads?.unknown], [0, 2]);
    assert.match(dark.plan.shortfalls.join(), /packages 2 are not here, and the network is/);
  });
});
