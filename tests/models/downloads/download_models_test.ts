import assert from "node:assert/strict";
import { join } from "node:path";
import type { WorkEvent } from "../../../src/base/mod.ts";
import { createHttpClient } from "../../../src/http/mod.ts";
import {
  downloadModels,
  type DownloadWorld,
  type WantedModel,
} from "../../../src/models/downloads/mod.ts";
import { createBlake3 } from "../../../src/models/hashing/mod.ts";
import { openSourceWorld } from "../../../src/models/sources/mod.ts";
import type { ModelSource } from "../../../src/pyproject/mod.ts";
import { seededBytes, serveFile } from "../../support/file_server.ts";
import { patientClock } from "../../support/http_server.ts";
import { serveCivitai } from "../../support/model_hosts/civitai.ts";
import { serveHuggingFace, sha256 } from "../../support/model_hosts/hugging_face.ts";

const BYTES = seededBytes(250_000, 7);
const OTHER = seededBytes(250_000, 8);
const DEAD = "http://127.0.0.1:9/model.safetensors";

interface Scene {
  readonly directory: string;
  readonly events: WorkEvent[];
  world(extra?: Partial<DownloadWorld>): Promise<DownloadWorld>;
  wanted(sources: readonly ModelSource[], extra?: Partial<WantedModel>): WantedModel;
  names(): Promise<string[]>;
}

async function withModels(
  env: Record<string, string>,
  body: (scene: Scene) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  const events: WorkEvent[] = [];
  const http = createHttpClient({ clock: patientClock(), retries: 1 });
  try {
    await body({
      directory,
      events,
      world: async (extra = {}) => ({
        sources: await openSourceWorld({ http, env, credentials: [] }),
        report: { emit: (event) => events.push(event) },
        directory,
        ...extra,
      }),
      wanted: (sources, extra = {}) => ({
        key: "a",
        name: "A model",
        target: join(directory, "loras", "a.safetensors"),
        digests: { sha256: sha256(BYTES) },
        sources: sources.map((source) => ({ source })),
        ...extra,
      }),
      names: async () => {
        const found = await Array.fromAsync(Deno.readDir(join(directory, "loras")));
        return found.map(({ name }) => name).sort();
      },
    });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const url = (text: string): ModelSource => ({ type: "url", url: text });

Deno.test("with one source dead and one lying, the third gives the right file", async () => {
  await using liar = serveFile(() => ({ bytes: OTHER, etag: '"1"' }));
  await using hub = serveHuggingFace([{ path: "o/r/a.safetensors", bytes: BYTES }]);
  await withModels({ HF_ENDPOINT: hub.url }, async ({ world, wanted, events, names }) => {
    const third = { type: "huggingface" as const, repo: "o/r", file: "a.safetensors" };
    const model = wanted([url(DEAD), url(`${liar.url}/a.safetensors`), third]);
    const [outcome] = await downloadModels(await world(), [model]);
    assert.equal(outcome?.kind, "fetched");
    assert.deepEqual(await Deno.readFile(model.target), BYTES);
    const digest = createBlake3();
    digest.update(BYTES);
    assert.equal(outcome.digests.blake3, digest.finish());
    assert.deepEqual(outcome.failed.map(({ error }) => error.code), [
      "NETWORK_UNREACHABLE",
      "DOWNLOAD_DIGEST_WRONG",
    ]);
    const aside = `a.safetensors.wrong-sha256-${sha256(OTHER).slice(0, 12)}`;
    assert.deepEqual(await names(), ["a.safetensors", aside]);
    const warnings = events.filter((event) => event.kind === "warned");
    assert.equal(warnings.length, 2);
    assert.match(warnings[1]?.message ?? "", /kept as ".*wrong-sha256.*trying the next source/);
  });
});

Deno.test("a source that publishes another digest is not fetched at all", async () => {
  await using hub = serveHuggingFace([{ path: "o/r/a.safetensors", bytes: OTHER }]);
  await withModels({ HF_ENDPOINT: hub.url }, async ({ world, wanted }) => {
    const source = { type: "huggingface" as const, repo: "o/r", file: "a.safetensors" };
    const [outcome] = await downloadModels(await world(), [wanted([source])]);
    assert.equal(outcome?.kind, "failed");
    assert.equal(outcome.error.code, "DOWNLOAD_DIGEST_WRONG");
    assert.match(outcome.error.message, /from hf:o\/r@\w+\/a\.safetensors/);
    assert.equal(hub.storage.requests.length, 0);
  });
});

Deno.test("a source that lies about its digest is found out", async () => {
  const claimed = sha256(BYTES);
  await using hub = serveHuggingFace([{ path: "o/r/a.safetensors", bytes: OTHER, claimed }]);
  await withModels({ HF_ENDPOINT: hub.url }, async ({ world, wanted }) => {
    const source = { type: "huggingface" as const, repo: "o/r", file: "a.safetensors" };
    const [outcome] = await downloadModels(await world(), [wanted([source], { digests: {} })]);
    assert.equal(outcome?.kind, "failed");
    assert.equal(outcome.error.code, "DOWNLOAD_DIGEST_WRONG");
  });
});

Deno.test("when no source gives it, each is told with its reason", async () => {
  await withModels({}, async ({ world, wanted }) => {
    const sources = [url(DEAD), { type: "unknown" as const, fields: { type: "torrent" } }];
    const [outcome] = await downloadModels(await world(), [wanted(sources)]);
    assert.equal(outcome?.kind, "failed");
    assert.equal(outcome.error.code, "MODEL_UNAVAILABLE");
    assert.match(outcome.error.hint ?? "", /127\.0\.0\.1:9.*torrent/s);
    const [without] = await downloadModels(await world(), [wanted([])]);
    assert.equal(without?.kind, "failed");
    assert.match(without.error.hint ?? "", /model source add a URL/);
  });
});

Deno.test("CivitAI's refusal names the page and the command that stores a token", async () => {
  const files = [{ name: "a.safetensors", bytes: BYTES, primary: true }];
  const token = "token-of-civitai";
  await using site = serveCivitai([{ id: 10, modelId: 1, files, token }]);
  const env = { CIVITAI_ENDPOINT: site.url };
  await withModels(env, async ({ world, wanted }) => {
    const model = wanted([{ type: "civitai", versionId: "10" }]);
    const [refused] = await downloadModels(await world(), [model]);
    assert.equal(refused?.kind, "failed");
    assert.equal(refused.error.code, "MODEL_GATED");
    assert.match(refused.error.hint ?? "", /models\/1\?modelVersionId=10.*api_keys\.civitai/);
    const { sources } = await world();
    const allowed = await world({ sources: { ...sources, tokens: { civitai: token } } });
    const [fetched] = await downloadModels(allowed, [model]);
    assert.equal(fetched?.kind, "fetched");
    assert.deepEqual(await Deno.readFile(model.target), BYTES);
  });
});

Deno.test("a file that is on this machine already is linked, not fetched", async () => {
  await withModels({}, async ({ world, wanted, directory }) => {
    const here = join(directory, "b.safetensors");
    await Deno.writeFile(here, BYTES);
    const findSame = (digests: Readonly<Record<string, string>>) =>
      Promise.resolve(digests.sha256 === sha256(BYTES) ? [join(directory, "gone"), here] : []);
    const model = wanted([url(DEAD)]);
    const [outcome] = await downloadModels(await world({ findSame }), [model]);
    assert.equal(outcome?.kind, "linked");
    assert.equal((await Deno.stat(model.target)).ino, (await Deno.stat(here)).ino);
    const [again] = await downloadModels(await world({ findSame }), [model]);
    assert.equal(again?.kind, "present");
  });
});

Deno.test("another file in its place is never overwritten", async () => {
  await withModels({}, async ({ world, wanted, directory }) => {
    const model = wanted([url(DEAD)], { size: BYTES.length });
    await Deno.mkdir(join(directory, "loras"));
    await Deno.writeTextFile(model.target, "mine");
    const [outcome] = await downloadModels(await world(), [model]);
    assert.equal(outcome?.kind, "failed");
    assert.equal(outcome.error.code, "MODEL_OCCUPIED");
    assert.equal(await Deno.readTextFile(model.target), "mine");
  });
});

Deno.test("no model leaves the directory of models", async () => {
  await using server = serveFile(() => ({ bytes: BYTES }));
  await withModels({}, async ({ world, wanted, directory }) => {
    for (const target of [directory, join(directory, "..", "x.pt"), `${directory}-2/x.pt`]) {
      const [outcome] = await downloadModels(await world(), [
        wanted([url(server.url)], { target }),
      ]);
      assert.equal(outcome?.kind, "failed");
      assert.equal(outcome.error.code, "MODEL_OUTSIDE");
    }
    assert.equal(server.requests.length, 0);
  });
});

Deno.test("several are fetched at once, each with its bar; one that fails leaves the others alone", async () => {
  await using server = serveFile((request) =>
    request.url.endsWith("/2") ? new Response("no", { status: 404 }) : { bytes: BYTES, etag: '"1"' }
  );
  await withModels({}, async ({ world, wanted, directory, events }) => {
    const models = [0, 1, 2, 3].map((at) =>
      wanted([url(`${server.url}/${at}`)], {
        key: `m${at}`,
        target: join(directory, `${at}.pt`),
        size: BYTES.length,
      })
    );
    const outcomes = await downloadModels(await world(), models);
    assert.deepEqual(outcomes.map(({ kind }) => kind), ["fetched", "fetched", "failed", "fetched"]);
    for (const key of ["m0", "m1", "m3"]) {
      const own = events.filter((event) => "id" in event && event.id === `download:${key}`);
      const done = own.reduce((sum, event) => sum + (event.kind === "advanced" ? event.by : 0), 0);
      assert.equal(done, BYTES.length);
      assert.deepEqual([own[0]?.kind, own.at(-1)?.kind], ["started", "finished"]);
    }
    const starts = events.slice(0, 3).map(({ kind }) => kind);
    assert.deepEqual(starts, ["started", "started", "started"], "three at once");
  });
});

Deno.test("a web page or nothing in place of a model is kept aside, and the next source is asked", async () => {
  const page = new TextEncoder().encode("<!DOCTYPE html><html><body>Log in</body></html>");
  for (const bytes of [page, new Uint8Array()]) {
    await using liar = serveFile(() => ({ bytes, etag: '"1"' }));
    await using good = serveFile(() => ({ bytes: BYTES, etag: '"2"' }));
    await withModels({}, async ({ world, wanted, names }) => {
      const sources = [url(`${liar.url}/a.safetensors`), url(`${good.url}/a.safetensors`)];
      const [outcome] = await downloadModels(await world(), [wanted(sources, { digests: {} })]);
      assert.equal(outcome?.kind, "fetched");
      assert.equal(outcome?.failed[0]?.error.code, "MODEL_NOT_A_MODEL");
      assert.deepEqual(await names(), ["a.safetensors", "a.safetensors.not-a-model"]);
    });
  }
});

Deno.test("what was interrupted says whether the next try goes on with it", async () => {
  for (const etag of ['"1"', undefined]) {
    const offer = { bytes: BYTES, ...etag === undefined ? {} : { etag }, stallAt: 100_000 };
    await using server = serveFile(() => offer);
    await withModels({}, async ({ world, wanted }) => {
      const stop = new AbortController();
      const report = {
        emit: (event: WorkEvent) => void (event.kind === "advanced" && stop.abort()),
      };
      const models = [wanted([url(`${server.url}/a.safetensors`)])];
      await assert.rejects(
        downloadModels(await world({ report, signal: stop.signal }), models),
        { code: "INTERRUPTED", hint: etag && /^Run the same command again: it goes on/ },
      );
    });
  }
});
