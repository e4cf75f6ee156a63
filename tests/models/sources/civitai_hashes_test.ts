import assert from "node:assert/strict";
import { join } from "node:path";
import { openAnswerCache } from "../../../src/http/answers/mod.ts";
import { createHttpClient } from "../../../src/http/mod.ts";
import { findByHash, findManyByHash, openSourceWorld } from "../../../src/models/sources/mod.ts";
import { withTempDir } from "../../support/alone.ts";
import { seededBytes } from "../../support/file_server.ts";
import { serveCivitai } from "../../support/model_hosts/civitai.ts";
import { sha256 } from "../../support/model_hosts/hugging_face.ts";

const HELD = Array.from({ length: 3 }, (_, at) => seededBytes(100, at + 1));
const VERSIONS = HELD.map((bytes, at) => ({
  id: at + 10,
  modelId: 1,
  files: [{ name: `${at}.safetensors`, bytes, etag: `"${at}"` }],
}));
const HASHES = HELD.map(sha256);
const DAY_MS = 86_400_000;

Deno.test("a version is found by one hash", async () => {
  await using server = serveCivitai(VERSIONS);
  const sources = await openSourceWorld({
    http: createHttpClient({ retries: 0 }),
    env: { CIVITAI_ENDPOINT: server.url },
    credentials: [],
  });
  assert.equal((await findByHash(sources, HASHES[0]!))?.id, "10");
  assert.equal(await findByHash(sources, "0".repeat(64)), undefined);
});

Deno.test("many versions are found with one question for a hundred, and each answer is kept by itself", async () => {
  await using server = serveCivitai(VERSIONS);
  await withTempDir(async (directory) => {
    let now = Date.now();
    const ask = async (hashes: readonly string[], offline = false) => {
      using answers = openAnswerCache(join(directory, "api_cache.db"), {
        clock: { now: () => now, sleep: () => Promise.resolve() },
      });
      const before = server.site.requests.length;
      const sources = await openSourceWorld({
        http: createHttpClient({ retries: 0, offline }),
        answers,
        env: { CIVITAI_ENDPOINT: server.url },
        credentials: [],
      });
      const { found, unasked, outage } = await findManyByHash(sources, hashes);
      const ids = [...found].map(([hash, { id }]) => [HASHES.indexOf(hash), id]);
      const asked = server.site.requests.length - before;
      return { ids, asked, unasked, outage: outage?.code };
    };
    const sound = { unasked: [], outage: undefined };
    const strange = Array.from({ length: 150 }, (_, at) => at.toString(16).padStart(64, "f"));
    const first = await ask([HASHES[0]!.toUpperCase(), HASHES[1]!, ...strange]);
    assert.deepEqual(first, { ids: [[0, "10"], [1, "11"]], asked: 2, ...sound });
    const known = await ask([HASHES[1]!, ...strange]);
    assert.deepEqual(known, { ids: [[1, "11"]], asked: 0, ...sound });
    now += 2 * DAY_MS;
    const later = await ask([HASHES[1]!, strange[0]!]);
    assert.deepEqual(later, { ids: [[1, "11"]], asked: 1, ...sound }, "it may be there by now");
    now += 100 * DAY_MS;
    assert.deepEqual(await ask([HASHES[0]!, HASHES[2]!, strange[1]!], true), {
      ids: [[0, "10"]],
      asked: 0,
      unasked: [HASHES[2]],
      outage: "NETWORK_OFFLINE",
    });
  });
});
