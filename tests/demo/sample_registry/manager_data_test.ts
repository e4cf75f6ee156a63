import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import {
  createManagerData,
  loadSampleManagerFiles,
} from "../../../src/demo/sample_registry/mod.ts";

async function ask(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  name: string,
  headers: HeadersInit = {},
): Promise<Response> {
  return await createManagerData(files)(
    new Request(`http://manager.test/manager/${name}`, { headers }),
  );
}

Deno.test("the embedded Manager data are three JSON files whose map and list speak of the same packs", async () => {
  const files = await loadSampleManagerFiles();
  const parsed = Object.fromEntries(
    [...files].map(([name, bytes]) => [name, JSON.parse(new TextDecoder().decode(bytes))]),
  );
  const listed = parsed["custom-node-list.json"].custom_nodes.map((
    { reference }: { reference: string },
  ) => reference);
  assert.deepEqual(Object.keys(parsed["extension-node-map.json"]).toSorted(), listed.toSorted());
  assert.equal(Object.keys(parsed["github-stats.json"]).length, 6);
});

Deno.test("a Manager file is answered with an ETag, and with 304 to a request that brings it back", async () => {
  const files = await loadSampleManagerFiles();
  const first = await ask(files, "github-stats.json");
  assert.equal(first.status, 200);
  const etag = first.headers.get("etag") ?? "";
  assert.match(etag, /^"[0-9a-f]{32}"$/);
  await first.body?.cancel();
  assert.equal((await ask(files, "github-stats.json", { "if-none-match": etag })).status, 304);
  const other = await ask(files, "github-stats.json", { "if-none-match": '"other"' });
  assert.equal(other.status, 200);
  await other.body?.cancel();
});

Deno.test("a packed Manager file is served packed and unpacked", async () => {
  const packed = Uint8Array.from(gzipSync('{"a":1}'));
  const files = new Map([["list.json.gz", packed]]);
  assert.deepEqual(await (await ask(files, "list.json")).json(), { a: 1 });
  assert.deepEqual(await (await ask(files, "list.json.gz")).bytes(), packed);
  assert.equal((await ask(files, "nothing.json")).status, 404);
});
