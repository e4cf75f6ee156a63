import assert from "node:assert/strict";
import { createSampleRegistry, loadSampleCorpus } from "../../../src/demo/sample_registry/mod.ts";

const handler = createSampleRegistry(await loadSampleCorpus());

async function ask(path: string, init?: RequestInit): Promise<Response> {
  return await handler(new Request(`http://registry.test${path}`, init));
}

interface Named {
  readonly id: string;
}
interface Released {
  readonly version: string;
  readonly status: string;
  readonly downloadUrl: string;
}

async function read<Value>(path: string): Promise<Value> {
  const response = await ask(path);
  assert.equal(response.status, 200);
  const value: Value = await response.json();
  return value;
}

Deno.test("GET /nodes gives every package once over its pages, and tells how many there are", async () => {
  const ids: string[] = [];
  for (let page = 1; page <= 3; page++) {
    const body = await read<{ nodes: Named[]; total: number; totalPages: number; limit: number }>(
      `/nodes?page=${page}&limit=5`,
    );
    assert.deepEqual([body.total, body.totalPages, body.limit], [12, 3, 5]);
    ids.push(...body.nodes.map(({ id }) => id));
  }
  assert.equal(ids.length, 12);
  assert.equal(new Set(ids).size, 12);
});

Deno.test("GET /nodes answers ten to a page, and an empty page beyond the last", async () => {
  assert.equal((await read<{ nodes: Named[] }>("/nodes")).nodes.length, 10);
  assert.deepEqual((await read<{ nodes: Named[] }>("/nodes?page=9")).nodes, []);
});

const lists: readonly {
  readonly name: string;
  readonly query: string;
  readonly expected: readonly string[];
}[] = [
  {
    name: "sorts downwards",
    query: "sort=downloads;desc&limit=2",
    expected: ["weaver-suite", "harbor-loaders"],
  },
  {
    name: "sorts upwards",
    query: "sort=downloads&limit=2",
    expected: ["gilded-miner", "sandbox-depth"],
  },
  {
    name: "finds ids in any letter case",
    query: "node_id=MEADOW-prompts&node_id=reel-video",
    expected: ["reel-video", "Meadow-Prompts"],
  },
  {
    name: "takes only what was created since",
    query: "timestamp=2026-05-01T00:00:00Z",
    expected: ["gilded-miner", "sandbox-depth"],
  },
  {
    name: "leaves banned packages out on demand",
    query: "timestamp=2026-05-01T00:00:00Z&include_banned=false",
    expected: ["sandbox-depth"],
  },
];
for (const { name, query, expected } of lists) {
  Deno.test(`GET /nodes ${name}`, async () => {
    const { nodes } = await read<{ nodes: Named[] }>(`/nodes?${query}`);
    assert.deepEqual(nodes.map(({ id }) => id), expected);
  });
}

Deno.test("latest_version is the newest active version, and null when none is", async () => {
  type Latest = { latest_version: Released | null };
  assert.equal((await read<Latest>("/nodes/orbit-samplers")).latest_version?.version, "1.5.3");
  assert.equal((await read<Latest>("/nodes/sandbox-depth")).latest_version, null);
});

const statuses = [
  { path: "/nodes/Lantern-Image-Tools", status: 302, location: "/nodes/lantern-image-tools" },
  { path: "/nodes/gilded-miner", status: 403 },
  { path: "/nodes/nope", status: 404 },
  { path: "/nodes/%", status: 404 },
  { path: "/nodes/nope/versions", status: 404 },
  { path: "/nodes/quiet-theme/versions/9.9.9", status: 404 },
  { path: "/nodes/quiet-theme/versions/9.9.9/comfy-nodes", status: 404 },
  { path: "/comfy-nodes/Nope/node", status: 404 },
  { path: "/nowhere", status: 404 },
];
for (const { path, status, location } of statuses) {
  Deno.test(`GET ${path} answers ${status}`, async () => {
    const response = await ask(path);
    assert.equal(response.status, status);
    assert.equal(response.headers.get("location"), location ?? null);
    if (location) return;
    assert.deepEqual(Object.keys(await response.json()), ["error", "message"]);
  });
}

Deno.test("GET /nodes/{id}/versions is a bare array in the order of text, filtered by status", async () => {
  const all = await read<Released[]>("/nodes/lantern-image-tools/versions");
  assert.deepEqual(all.map(({ version }) => version), [
    "1.9.2",
    "1.9.1",
    "1.9.0",
    "1.2.0",
    "1.10.0",
    "1.1.0",
    "1.0.0",
  ]);
  const flagged = await read<Released[]>(
    "/nodes/lantern-image-tools/versions?statuses=NodeVersionStatusFlagged",
  );
  assert.deepEqual(flagged.map(({ version }) => version), ["1.9.1"]);
});

Deno.test("GET /versions gives every version once, package by package, at most 100 a page", async () => {
  type Body = { versions: (Released & { node_id: string })[]; total: number; pageSize: number };
  const body = await read<Body>("/versions?pageSize=5000");
  assert.equal(body.pageSize, 100);
  assert.equal(body.versions.length, body.total);
  const ids = body.versions.map(({ node_id }) => node_id);
  const changes = ids.filter((id, index) => id !== ids[index - 1]);
  assert.equal(changes.length, 12);
  const one = await read<Body>("/versions?nodeId=quiet-theme&pageSize=1&page=2");
  assert.deepEqual([one.total, one.versions[0]?.version], [2, "1.0.0"]);
});

Deno.test("a download address that lists leave empty stands in the version and in the bulk answer", async () => {
  const list = await read<Released[]>("/nodes/lantern-image-tools/versions");
  assert.equal(list.find(({ version }) => version === "1.9.0")?.downloadUrl, "");
  const own = await read<Released>("/nodes/lantern-image-tools/versions/1.9.0");
  assert.match(own.downloadUrl, /1\.9\.0\/node\.zip$/);
  const bulk = await ask("/bulk/nodes/versions", {
    method: "POST",
    body: JSON.stringify({
      node_versions: [
        { node_id: "lantern-image-tools", version: "1.9.0" },
        { node_id: "nope", version: "1.0.0" },
      ],
    }),
  });
  assert.deepEqual(await bulk.json(), {
    node_versions: [
      {
        identifier: { node_id: "lantern-image-tools", version: "1.9.0" },
        status: "success",
        node_version: own,
      },
      { identifier: { node_id: "nope", version: "1.0.0" }, status: "not_found" },
    ],
  });
});

Deno.test("POST /bulk/nodes/versions answers 400 to a body that it cannot read", async () => {
  for (const body of ["", "{}", '{"node_versions":[{"node_id":1}]}']) {
    assert.equal((await ask("/bulk/nodes/versions", { method: "POST", body })).status, 400);
  }
});

Deno.test("comfy-nodes come ten to a page with JSON texts inside, and as null when there are none", async () => {
  type Body = {
    comfy_nodes: { input_types: string }[] | null;
    totalNumberOfPages: number;
  };
  const path = "/nodes/pebble-math/versions/1.3.0/comfy-nodes";
  const first = await read<Body>(path);
  assert.deepEqual([first.comfy_nodes?.length, first.totalNumberOfPages], [10, 2]);
  assert.ok("required" in JSON.parse(first.comfy_nodes?.[0]?.input_types ?? ""));
  assert.equal((await read<Body>(`${path}?page=2`)).comfy_nodes?.length, 7);
  assert.equal((await read<Body>(`${path}?limit=100`)).totalNumberOfPages, 1);
  assert.deepEqual(await read("/nodes/quiet-theme/versions/1.0.1/comfy-nodes"), {
    comfy_nodes: null,
    totalNumberOfPages: 0,
  });
});

Deno.test("search finds packages by words, by repository and by class", async () => {
  const found = async (query: string) =>
    (await read<{ nodes: Named[] }>(`/nodes/search?${query}`)).nodes.map(({ id }) => id);
  assert.deepEqual(await found("search=LANTERN"), ["lantern-image-tools"]);
  assert.deepEqual(await found("repository_url_search=sample/reel"), ["reel-video"]);
  assert.deepEqual(await found("comfy_node_search=CompassPose"), ["compass-control"]);
});

Deno.test("GET /comfy-nodes/{class}/node names the package with most downloads", async () => {
  assert.equal((await read<Named>("/comfy-nodes/LoadVideo/node")).id, "harbor-loaders");
});
