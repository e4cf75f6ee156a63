import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type OfferedFile, seededBytes } from "../../support/file_server.ts";
import { assertFails, BYTES, type Scene, SHA256, sha256, withFile } from "./scene.ts";

Deno.test("a file arrives whole, with its digests and the name that the server gives it", async () => {
  const headers = { "content-disposition": `attachment; filename="a b.safetensors"` };
  await withFile(() => ({ bytes: BYTES, headers }), async ({ fetch, target, names }) => {
    const seen: number[] = [];
    const file = await fetch({
      digests: { sha256: true },
      expected: { md5: createHash("md5").update(BYTES).digest("hex").toUpperCase() },
      onBytes: (done, total) => void (seen.push(done), assert.equal(total, BYTES.length)),
    });
    assert.deepEqual(await Deno.readFile(target), BYTES);
    assert.deepEqual(await names(), ["model.safetensors"]);
    assert.equal(file.size, BYTES.length);
    assert.equal(file.digests.sha256, SHA256);
    assert.equal(file.name, "a b.safetensors");
    assert.equal(file.resumedFrom, 0);
    assert.equal(seen.at(-1), BYTES.length);
  });
});

Deno.test("a transfer that is cut again and again goes on where it was, as long as it gets further", async () => {
  const cut = (count: number) => (count + 1) * 30_000;
  await withFile(
    (_, count) => ({ bytes: BYTES, etag: '"1"', cutAt: cut(count) }),
    async ({ fetch, target, requests }) => {
      await fetch({ expected: { sha256: SHA256 } });
      assert.deepEqual(await Deno.readFile(target), BYTES);
      assert.equal(requests.length, 10);
      assert.ok(requests.slice(1).every((request) => request.headers.get("if-range") === '"1"'));
    },
  );
});

Deno.test("a transfer that never gets further ends with the network's error and keeps what came", async () => {
  await withFile(
    () => ({ bytes: BYTES, etag: '"1"', cutAt: 100_000 }),
    async ({ fetch, names, requests }) => {
      await assertFails(fetch(), "NETWORK_UNREACHABLE", /Cannot fetch/);
      assert.deepEqual(await names(), ["model.safetensors.part", "model.safetensors.part.json"]);
      assert.equal(requests.length, 4, "one that got further, and three repetitions");
    },
  );
});

const VALIDATORS: readonly {
  readonly name: string;
  readonly offer: Partial<OfferedFile>;
  readonly from: number;
}[] = [
  { name: "a strong ETag", offer: { etag: '"1"' }, from: 100_000 },
  {
    name: "an old Last-Modified",
    offer: { modified: "Mon, 01 Jan 2024 00:00:00 GMT" },
    from: 100_000,
  },
  {
    name: "a weak ETag",
    offer: { etag: 'W/"1"', modified: "Mon, 01 Jan 2024 00:00:00 GMT" },
    from: 0,
  },
  {
    name: "a Last-Modified of this very moment",
    offer: { modified: new Date(Date.now() + 60_000).toUTCString() },
    from: 0,
  },
  { name: "no validator", offer: {}, from: 0 },
  { name: "no length", offer: { etag: '"1"', chunked: true }, from: 0 },
];

for (const { name, offer, from } of VALIDATORS) {
  Deno.test(`with ${name} the next run goes on at byte ${from}`, async () => {
    const stop = new AbortController();
    await withFile(
      (_, count) => ({ bytes: BYTES, ...offer, ...(count === 0 ? { stallAt: 100_000 } : {}) }),
      async ({ fetch, target, requests }) => {
        const onBytes = (done: number) => void (done === 100_000 && stop.abort());
        const stopped = fetch({ signal: stop.signal, onBytes });
        await assert.rejects(stopped, { details: from === 0 ? {} : { kept: from } });
        await assertFails(stopped, "INTERRUPTED", /Interrupted/);
        const file = await fetch({ expected: { sha256: SHA256 } });
        assert.equal(file.resumedFrom, from);
        assert.equal(requests[1]?.headers.get("range"), from === 0 ? null : `bytes=${from}-`);
        assert.deepEqual(await Deno.readFile(target), BYTES);
      },
    );
  });
}

const SECOND = seededBytes(250_000, 2);
const CHANGES: readonly { readonly name: string; readonly later: Partial<OfferedFile> }[] = [
  { name: "another version under another ETag", later: { etag: '"2"' } },
  { name: "a server that lost its ranges", later: { etag: '"1"', ranges: false } },
  { name: "a shorter file under the same ETag", later: { etag: '"1"' } },
];

for (const { name, later } of CHANGES) {
  Deno.test(`a start that is left over never mixes with ${name}`, async () => {
    await withFile(
      (_, count) =>
        count === 0 ? { bytes: BYTES, etag: '"1"', cutAt: 200_000 } : { bytes: SECOND, ...later },
      async ({ fetch, target }) => {
        const file = await fetch({ expected: { sha256: sha256(SECOND) } });
        assert.equal(file.resumedFrom, 0);
        assert.deepEqual(await Deno.readFile(target), SECOND);
      },
    );
  });
}

Deno.test("a start that the disk has lost is fetched anew before the source is blamed", async () => {
  await withFile(
    () => ({ bytes: BYTES, etag: '"1"' }),
    async ({ fetch, target, requests }) => {
      await leaveStart(target, requests, fetch, new Uint8Array(100_000));
      await fetch({ expected: { sha256: SHA256 } });
      assert.deepEqual(await Deno.readFile(target), BYTES);
    },
  );
});

Deno.test("a start that is whole is not asked for again", async () => {
  await withFile(
    () => ({ bytes: BYTES, etag: '"1"' }),
    async ({ fetch, target, requests }) => {
      await leaveStart(target, requests, fetch, BYTES);
      const before = requests.length;
      const file = await fetch({ expected: { sha256: SHA256 } });
      assert.equal(requests.length, before);
      assert.equal(file.resumedFrom, BYTES.length);
    },
  );
});

/** Leaves the note of a real try beside bytes of one's own. */
async function leaveStart(
  target: string,
  requests: readonly Request[],
  fetch: Scene["fetch"],
  start: Uint8Array,
): Promise<void> {
  const stop = new AbortController();
  const onBytes = () => stop.abort();
  await assertFails(fetch({ signal: stop.signal, onBytes }), "INTERRUPTED", /Interrupted/);
  assert.equal(requests.length, 1);
  await Deno.writeFile(`${target}.part`, start);
}
