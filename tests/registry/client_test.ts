import assert from "node:assert/strict";
import { createHttpClient } from "../../src/http/mod.ts";
import { createRegistryClient } from "../../src/registry/client.ts";
import { serve } from "../support/http_server.ts";
import { makeCorpus, startRegistry, type TestRegistry } from "../support/registry/mod.ts";
import { quickClock } from "../support/registry_runs.ts";

const corpus = await makeCorpus({ packages: 60, source: "synthetic" });
const [one] = corpus.packages;

function clientOf(url: string) {
  return createRegistryClient(createHttpClient({ clock: quickClock(), env: () => undefined }), url);
}

async function withRegistry(
  work: (client: ReturnType<typeof clientOf>, registry: TestRegistry) => Promise<void>,
  missing: NonNullable<Parameters<TestRegistry["setFaults"]>[0]["missing"]> = [],
) {
  await using registry = startRegistry({ corpus, faults: { missing } });
  await work(clientOf(`${registry.url}/`), registry);
}

Deno.test("packagesPage() gives a page in a fixed order, and the number of all packages", async () => {
  await withRegistry(async (client) => {
    const page = await client.packagesPage(2, 25);
    assert.deepEqual([page.items.length, page.total, page.rejected], [25, 60, []]);
    assert.deepEqual(page.items, (await client.packagesPage(2, 25)).items);
  });
});

Deno.test("packagesPage() asks without an order where the server refuses it with 400", async () => {
  await using server = serve((request) =>
    new URL(request.url).searchParams.has("sort")
      ? new Response("{}", { status: 400 })
      : Response.json({ total: 1, nodes: [{ id: "a" }] })
  );
  const page = await clientOf(server.url).packagesPage(1, 10);
  assert.deepEqual(page.items.map((item) => item.id), ["a"]);
});

Deno.test("versionsPage() gives versions of every status with the package they belong to", async () => {
  await withRegistry(async (client) => {
    const seen = new Set<string>();
    const statuses = new Set<string | undefined>();
    for (let page = 1, total = 1; seen.size < total; page++) {
      const answer = await client.versionsPage(page, 100);
      assert.ok(answer && answer.items.length > 0);
      total = answer.total;
      for (const { packageId, version } of answer.items) {
        seen.add(`${packageId} ${version.version}`);
        statuses.add(version.status);
      }
    }
    assert.equal(seen.size, corpus.packages.flatMap((entry) => entry.versions).length);
    assert.ok(statuses.has("NodeVersionStatusBanned") && statuses.has("NodeVersionStatusDeleted"));
  });
});

Deno.test("versionsPage() and versionsInBulk() tell of a server that has no such endpoint", async () => {
  await withRegistry(async (client) => {
    assert.equal(await client.versionsPage(1, 100), undefined);
    assert.equal(await client.versionsInBulk([{ packageId: "a", version: "1" }]), undefined);
  }, ["versions", "bulk"]);
});

Deno.test("versionsOf() gives all versions of a package, and nothing for one that is unknown", async () => {
  await withRegistry(async (client) => {
    const answer = await client.versionsOf(one!.id);
    assert.equal(answer?.items.length, one!.versions.length);
    assert.equal(await client.versionsOf("no such package"), undefined);
  });
});

Deno.test("versionsInBulk() and version() give download addresses that lists hide", async () => {
  await withRegistry(async (client) => {
    const hidden = corpus.packages.flatMap((entry) =>
      entry.versions.filter((version) => version.listed !== version.whole)
        .map((version) => ({ packageId: entry.id, version: version.version }))
    );
    const answer = await client.versionsInBulk([...hidden, { packageId: "none", version: "1" }]);
    assert.equal(answer?.items.length, hidden.length);
    assert.ok(answer.items.every((found) => found.version.download_url));
    assert.deepEqual(await client.version(hidden[0]!), answer.items[0]);
    assert.equal(await client.version({ packageId: one!.id, version: "0.0.0" }), undefined);
  });
});

Deno.test("versionsInBulk() skips a record that is wrong, and gives the others", async () => {
  const record = (node_id: string, node_version: unknown) => ({
    status: "success",
    identifier: { node_id, version: "1" },
    node_version,
  });
  await using server = serve(() =>
    Response.json({ node_versions: [record("a", { version: 5 }), record("b", { version: "1" })] })
  );
  const answer = await clientOf(server.url).versionsInBulk([]);
  assert.deepEqual(answer?.items.map((item) => item.packageId), ["b"]);
  assert.match(answer!.rejected[0]!.message, /node_versions\[0\]/);
});

Deno.test("nodeClasses() reads all pages of classes, and nothing for an unknown version", async () => {
  await withRegistry(async (client, registry) => {
    const version = one!.versions.find((found) => found.classes.length > 0);
    if (version) {
      const answer = await client.nodeClasses({ packageId: one!.id, version: version.version });
      assert.equal(answer?.classes.length, version.classes.length);
    }
    assert.equal(await client.nodeClasses({ packageId: one!.id, version: "0.0.0" }), undefined);
    assert.equal(registry.counters().violations, 0);
  });
  const page = (number: number) => ({ comfy_node_name: `Class ${number}` });
  await using server = serve((request) => {
    const asked = Number(new URL(request.url).searchParams.get("page"));
    return Response.json({ comfy_nodes: [page(asked)], totalNumberOfPages: 3 });
  });
  const answer = await clientOf(server.url).nodeClasses({ packageId: "a", version: "1" });
  assert.deepEqual(answer?.classes.map((found) => found.comfy_node_name), [
    "Class 1",
    "Class 2",
    "Class 3",
  ]);
});

Deno.test("a package whose id is a step in a path is refused", async () => {
  await using server = serve(() => Response.json({ total: 2, nodes: [{ id: ".." }, { id: "a" }] }));
  const page = await clientOf(server.url).packagesPage(1, 10);
  assert.deepEqual(page.items.map((item) => item.id), ["a"]);
  assert.match(page.rejected[0]!.message, /nodes\[0\]\.id/);
});

Deno.test("ids are put into addresses in a way that no id leads elsewhere", async () => {
  let asked = "";
  await using server = serve((request) => {
    asked = request.url;
    return Response.json([]);
  });
  await clientOf(server.url).versionsOf("a/../b?x=1#y");
  assert.match(asked, /\/nodes\/a%2F\.\.%2Fb%3Fx%3D1%23y\/versions/);
});
