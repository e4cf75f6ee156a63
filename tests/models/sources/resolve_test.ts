import assert from "node:assert/strict";
import { ComfydockError } from "../../../src/base/mod.ts";
import { createHttpClient } from "../../../src/http/mod.ts";
import {
  openSourceWorld,
  parseSource,
  resolveWritten,
  type SourceWorld,
} from "../../../src/models/sources/mod.ts";
import { seededBytes } from "../../support/file_server.ts";
import { serve } from "../../support/http_server.ts";
import { serveCivitai } from "../../support/model_hosts/civitai.ts";
import { HUB_COMMIT, serveHuggingFace, sha256 } from "../../support/model_hosts/hugging_face.ts";

const A = seededBytes(5_000, 1);
const B = seededBytes(6_000, 2);
const TOKEN = "token-of-this-test";

async function world(
  env: Record<string, string>,
  service?: "huggingface" | "civitai",
): Promise<SourceWorld> {
  const credentials = service ? [{ service, secret: TOKEN, origin: "test" }] : [];
  return await openSourceWorld({ http: createHttpClient({ retries: 0 }), env, credentials });
}

async function ask(sources: SourceWorld, text: string) {
  return await resolveWritten(sources, parseSource(text, sources.hosts));
}

async function failure(work: Promise<unknown>): Promise<ComfydockError> {
  const error = await work.then(() => undefined, (reason) => reason);
  assert.ok(error instanceof ComfydockError, String(error));
  return error;
}

Deno.test("Hugging Face tells size, SHA-256 and commit of a large file, by one question", async () => {
  await using server = serveHuggingFace([{ path: "o/r/d/a.safetensors", bytes: A }]);
  const file = await ask(await world({ HF_ENDPOINT: server.url }), "hf:o/r/d/a.safetensors");
  assert.equal(file.size, A.length);
  assert.deepEqual(file.digests, { sha256: sha256(A) });
  assert.equal(file.name, "a.safetensors");
  assert.deepEqual(file.source, {
    type: "huggingface",
    repo: "o/r",
    file: "d/a.safetensors",
    revision: HUB_COMMIT,
  });
  assert.equal(server.hub.requests.length, 1);
  assert.equal(server.storage.requests.length, 0);
});

Deno.test("a mirror that keeps the bytes itself is believed what it says before it redirects", async () => {
  const digest = "c".repeat(64);
  await using mirror = serve((request) => {
    if (new URL(request.url).pathname === "/bytes") return new Response("bytes");
    const headers = { location: "/bytes", "x-linked-etag": `"${digest}"`, "x-linked-size": "5" };
    return new Response(null, { status: 302, headers });
  });
  const file = await ask(await world({ HF_ENDPOINT: mirror.url }), "hf:o/r/a.safetensors");
  assert.deepEqual([file.size, file.digests], [5, { sha256: digest }]);
});

Deno.test("a repository that was renamed is followed to its new name", async () => {
  await using hub = serve((request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/o/old/")) {
      return new Response(null, {
        status: 307,
        headers: { location: pathname.replace("old", "new") },
      });
    }
    return new Response(null, { headers: { "content-length": "7" } });
  });
  const file = await ask(await world({ HF_ENDPOINT: hub.url }), "hf:o/old/a.pt");
  assert.equal(file.size, 7);
});

Deno.test("a small file of Hugging Face has a size and no SHA-256", async () => {
  await using server = serveHuggingFace([{ path: "o/r/a.pt", bytes: A, small: true }]);
  const file = await ask(await world({ HF_ENDPOINT: server.url }), "hf:o/r/a.pt");
  assert.deepEqual([file.size, file.digests], [A.length, {}]);
});

Deno.test("a repository with one model is that model; with several they are named", async () => {
  await using server = serveHuggingFace([
    { path: "o/one/a.safetensors", bytes: A },
    { path: "o/one/README.md", bytes: B },
    { path: "o/two/x/a.gguf", bytes: A },
    { path: "o/two/y/b.gguf", bytes: B },
  ]);
  const sources = await world({ HF_ENDPOINT: server.url });
  assert.equal((await ask(sources, "hf:o/one")).name, "a.safetensors");
  assert.equal((await ask(sources, `${server.url}/o/two/tree/main/y`)).name, "b.gguf");
  const error = await failure(ask(sources, "hf:o/two"));
  assert.equal(error.code, "MODEL_SOURCE_UNCLEAR");
  assert.match(error.hint ?? "", /hf:o\/two\/x\/a\.gguf, hf:o\/two\/y\/b\.gguf/);
});

Deno.test("a gated file names the page with the licence and the command that stores a token", async () => {
  await using server = serveHuggingFace([{ path: "o/r/a.pt", bytes: A, gated: TOKEN }]);
  const env = { HF_ENDPOINT: server.url };
  const error = await failure(ask(await world(env), "hf:o/r/a.pt"));
  assert.equal(error.code, "MODEL_GATED");
  assert.match(error.message, /Access to model o\/r is restricted/);
  assert.match(
    error.hint ?? "",
    /huggingface\.co\/o\/r.*comfydock config set api_keys\.huggingface/,
  );
  assert.equal((await ask(await world(env, "huggingface"), "hf:o/r/a.pt")).size, A.length);
});

Deno.test("a token that may not have a file is told apart from no token", async () => {
  await using server = serveHuggingFace([{ path: "o/r/a.pt", bytes: A, gated: true }]);
  const sources = await world({ HF_ENDPOINT: server.url }, "huggingface");
  const error = await failure(ask(sources, "hf:o/r/a.pt"));
  assert.match(error.message, /refuses it to this token/);
  assert.doesNotMatch(JSON.stringify(error.details) + error.message + error.hint, /token-of-this/);
});

Deno.test("what Hugging Face does not have is told in its own words", async () => {
  await using server = serveHuggingFace([{ path: "o/r/a.pt", bytes: A }]);
  const sources = await world({ HF_ENDPOINT: server.url });
  const missing = await failure(ask(sources, "hf:o/r/b.pt"));
  assert.equal(missing.code, "MODEL_SOURCE_MISSING");
  assert.match(missing.message, /hf:o\/r\/b\.pt: Entry not found/);
  assert.match((await failure(ask(sources, "hf:o/r@nowhere/a.pt"))).message, /Invalid rev id/);
});

Deno.test("no token goes to a server that is not its own", async () => {
  await using server = serveHuggingFace([{ path: "o/r/a.pt", bytes: A }]);
  const sources = await world({}, "huggingface");
  const file = await ask(sources, `${server.url}/o/r/resolve/main/a.pt`);
  assert.deepEqual(file.headers, {});
});

const FILES = [
  { name: "full.safetensors", bytes: A, format: "SafeTensor", size: "full", fp: "fp32" },
  {
    name: "pruned.safetensors",
    bytes: B,
    format: "SafeTensor",
    size: "pruned",
    fp: "fp16",
    primary: true,
  },
  { name: "vae.pt", bytes: seededBytes(100, 3), type: "VAE", format: "PickleTensor" },
];

Deno.test("CivitAI's file is chosen by digest, by what was asked for, else the primary one", async () => {
  await using server = serveCivitai([{ id: 10, modelId: 1, files: FILES }]);
  const sources = await world({ CIVITAI_ENDPOINT: server.url });
  const primary = await ask(sources, "civitai:10");
  assert.equal(primary.name, "pruned.safetensors");
  assert.deepEqual(primary.digests, { sha256: sha256(B) });
  assert.deepEqual(primary.source, { type: "civitai", modelId: "1", versionId: "10" });
  assert.equal((await ask(sources, "civitai:10/vae.pt")).name, "vae.pt");
  assert.equal((await ask(sources, `${server.url}/models/1`)).name, "pruned.safetensors");
  const asked = await ask(sources, `${server.url}/api/download/models/10?size=full`);
  assert.equal(asked.name, "full.safetensors");
  assert.match(asked.url, /models\/10\?type=Model&format=SafeTensor&size=full&fp=fp32$/);
  const written = parseSource("civitai:10", sources.hosts);
  const byDigest = await resolveWritten(sources, written, { digests: { sha256: sha256(A) } });
  assert.equal(byDigest.name, "full.safetensors");
  const none = await failure(ask(sources, "civitai:10/other.pt"));
  assert.match(none.message, /full\.safetensors, pruned\.safetensors, vae\.pt/);
});

Deno.test("CivitAI's file that cannot be told from others is not guessed", async () => {
  const files = FILES.slice(0, 2).map((file) => ({ ...file, primary: undefined }));
  await using server = serveCivitai([{ id: 10, modelId: 1, files }]);
  const error = await failure(ask(await world({ CIVITAI_ENDPOINT: server.url }), "civitai:10"));
  assert.equal(error.code, "MODEL_SOURCE_UNCLEAR");
  assert.match(error.hint ?? "", /civitai:10\/full\.safetensors, civitai:10\/pruned/);
});

Deno.test("the name of a URL that shows none is asked for", async () => {
  await using server = serveCivitai([{ id: 10, modelId: 1, files: FILES }]);
  const sources = await world({});
  assert.equal((await ask(sources, `${server.storage.url}/10/1`)).name, "pruned.safetensors");
  assert.equal((await ask(sources, "http://127.0.0.1:1/d/a%20b.pt")).name, "a b.pt");
});
