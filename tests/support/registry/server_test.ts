import assert from "node:assert/strict";
import { makeCorpus, nodeArchive, spawnRegistry, startRegistry, withoutPackages } from "./mod.ts";

const corpus = await makeCorpus({ packages: 30, source: "synthetic" });
const entry = corpus.packages.find(({ versions }) =>
  versions.some(({ classes }) => classes.length > 0)
)!;
const version = entry.versions.find(({ classes }) => classes.length > 0)!;

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.status;
}

Deno.test("counters tell requests by endpoint, and calls of /install as violations", async () => {
  await using registry = startRegistry({ corpus });
  const { url } = registry;
  await statusOf(`${url}/nodes?page=2`);
  await statusOf(`${url}/nodes/${entry.id}`);
  await statusOf(`${url}/nodes/${entry.id}/versions`);
  await statusOf(`${url}/nodes/${entry.id}/versions/${version.version}`);
  await statusOf(`${url}/nodes/${entry.id}/versions/${version.version}/comfy-nodes`);
  await statusOf(`${url}/versions`);
  await statusOf(`${url}/nodes/search`);
  assert.equal(registry.counters().violations, 0);
  assert.equal(await statusOf(`${url}/nodes/${entry.id}/install`), 200);
  assert.deepEqual(registry.counters(), {
    total: 8,
    byEndpoint: {
      nodes: 1,
      node: 1,
      node_versions: 1,
      version: 1,
      comfy_nodes: 1,
      versions: 1,
      search: 1,
      install: 1,
    },
    violations: 1,
    limited: 0,
    broken: {},
    peak: 1,
  });
  registry.resetCounters();
  assert.equal(registry.counters().total, 0);
});

Deno.test("setCorpus() and setFaults() hold from the next request on", async () => {
  await using registry = startRegistry({ corpus });
  const address = `${registry.url}/nodes/${entry.id}/versions`;
  assert.equal(await statusOf(address), 200);
  registry.setCorpus(withoutPackages(corpus, [entry.id]));
  assert.equal(await statusOf(address), 404);
  registry.setFaults({ first: { "503": 1 } });
  assert.equal(await statusOf(address), 503);
});

Deno.test("latency holds an answer back", async () => {
  await using registry = startRegistry({ corpus, faults: { latencyMs: 60 } });
  const start = performance.now();
  await statusOf(`${registry.url}/nodes`);
  assert.ok(performance.now() - start >= 55);
});

Deno.test("archives are served where localArchives puts them, with ETag and ranges", async () => {
  await using registry = startRegistry({ corpus, localArchives: true });
  const record = await (await fetch(
    `${registry.url}/nodes/${entry.id}/versions/${version.version}`,
  )).json();
  assert.equal(
    record.downloadUrl,
    `${registry.url}/archives/${entry.id}/${version.version}/node.zip`,
  );
  const whole = await fetch(record.downloadUrl);
  const bytes = await whole.bytes();
  const names = version.classes.map(({ name }) => name);
  assert.deepEqual(bytes, nodeArchive(entry.id, version.version, names, record.dependencies));
  assert.deepEqual([...bytes.slice(0, 4)], [0x50, 0x4b, 3, 4]);
  const etag = whole.headers.get("etag")!;
  const ask = (headers: HeadersInit) => fetch(record.downloadUrl, { headers });
  const part = await ask({ range: "bytes=10-19", "if-range": etag });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get("content-range"), `bytes 10-19/${bytes.length}`);
  assert.deepEqual(await part.bytes(), bytes.slice(10, 20));
  assert.equal((await ask({ range: `bytes=${bytes.length}-` })).status, 416);
  const stale = await ask({ range: "bytes=10-", "if-range": '"other"' });
  assert.equal(stale.status, 200);
  await stale.body?.cancel();
  assert.equal((await ask({ "if-none-match": etag })).status, 304);
  assert.equal(await statusOf(`${registry.url}/archives/nope/1.0.0/node.zip`), 404);
});

Deno.test("Manager's files are served under managerUrl", async () => {
  const content = new TextEncoder().encode('{"custom_nodes":[]}');
  await using registry = startRegistry({ corpus, manager: new Map([["list.json", content]]) });
  const response = await fetch(`${registry.managerUrl}/list.json`);
  assert.deepEqual(await response.json(), { custom_nodes: [] });
});

Deno.test("a registry in a process of its own obeys from afar and ends with its owner", async () => {
  const options = { packages: 30, source: "synthetic" } as const;
  const registry = await spawnRegistry({ corpus: options, faults: { first: { "503": 1 } } });
  const { url } = registry;
  try {
    assert.equal(await statusOf(`${url}/nodes`), 503);
    const list = await (await fetch(`${url}/nodes`)).json();
    assert.equal(list.total, 30);
    const { total, broken } = await registry.counters();
    assert.deepEqual([total, broken], [2, { "503": 1 }]);
    await registry.setCorpus({ ...options, packages: 5 });
    await registry.setFaults({ missing: ["versions"] });
    await registry.resetCounters();
    assert.equal((await (await fetch(`${url}/nodes`)).json()).total, 5);
    assert.equal(await statusOf(`${url}/versions`), 404);
    assert.equal((await registry.counters()).total, 2);
  } finally {
    await registry[Symbol.asyncDispose]();
  }
  await assert.rejects(fetch(`${url}/nodes`));
});
