import assert from "node:assert/strict";
import { ComfydockError } from "../../../src/base/mod.ts";
import {
  parseSource,
  readSourceHosts,
  type WrittenSource,
} from "../../../src/models/sources/mod.ts";

const hosts = await readSourceHosts({});
const hub = (repo: string, file: string, revision?: string): WrittenSource => ({
  kind: "source",
  source: { type: "huggingface", repo, file, revision },
});
const civitai = (versionId: string, modelId?: string, choice?: Record<string, string>) => ({
  kind: "source",
  source: { type: "civitai", versionId, ...(modelId ? { modelId } : {}) },
  ...(choice ? { choice } : {}),
});

const WRITTEN: readonly (readonly [string, unknown])[] = [
  ["hf:o/r/a.safetensors", hub("o/r", "a.safetensors")],
  ["hf:o/r@v1.0/sub/a b.safetensors", hub("o/r", "sub/a b.safetensors", "v1.0")],
  ["hf:o/r@refs/pr/3/a.gguf", hub("o/r", "a.gguf", "refs/pr/3")],
  ["hf://o/r/a.gguf", hub("o/r", "a.gguf")],
  ["hf:datasets/o/r/a.bin", hub("datasets/o/r", "a.bin")],
  ["hf:o/r", { kind: "repository", repo: "o/r" }],
  ["https://huggingface.co/o/r/blob/main/a.safetensors", hub("o/r", "a.safetensors", "main")],
  ["https://huggingface.co/o/r/resolve/abc/d/a.pt?download=true", hub("o/r", "d/a.pt", "abc")],
  ["https://hf.co/o/r/resolve/refs%2Fpr%2F1/a.pt", hub("o/r", "a.pt", "refs/pr/1")],
  ["https://huggingface.co/o/r", { kind: "repository", repo: "o/r" }],
  [
    "https://huggingface.co/o/r/tree/main/vae/",
    { kind: "repository", repo: "o/r", revision: "main", folder: "vae" },
  ],
  ["https://huggingface.co/docs/hub", {
    kind: "source",
    source: { type: "url", url: "https://huggingface.co/docs/hub" },
  }],
  ["civitai:128713", civitai("128713")],
  ["civitai:128713/x v1.safetensors", civitai("128713", undefined, { file: "x v1.safetensors" })],
  ["https://civitai.com/models/4384/dreamshaper?modelVersionId=128713", civitai("128713", "4384")],
  ["https://civitai.com/models/4384", { kind: "civitai-model", modelId: "4384" }],
  [
    "https://civitai.com/api/download/models/128713?type=Model&format=SafeTensor&size=pruned&fp=fp16",
    civitai("128713", undefined, {
      type: "Model",
      format: "SafeTensor",
      size: "pruned",
      fp: "fp16",
    }),
  ],
  ["https://civitai.com/api/download/models/128713?token=secret", civitai("128713")],
  ["https://civitai.com/api/v1/model-versions/128713", civitai("128713")],
  ["urn:air:sdxl:checkpoint:civitai:827184@1410435", civitai("1410435", "827184")],
  ["air:sd1:lora:civitai:1@2:layer", civitai("2", "1")],
  ["urn:air:sd1:model:civitai:2421@43533.safetensors", civitai("43533", "2421")],
  ["urn:air:sd1:lora:civitai:82098", { kind: "civitai-model", modelId: "82098" }],
  ["urn:air:flux1:checkpoint:huggingface:o/r-v1.5@main", {
    kind: "repository",
    repo: "o/r-v1.5",
    revision: "main",
  }],
  ["https://example.com/a.pt", {
    kind: "source",
    source: { type: "url", url: "https://example.com/a.pt" },
  }],
  ["models/a.safetensors", { kind: "path", path: "models/a.safetensors" }],
  ["C:\\models\\a.safetensors", { kind: "path", path: "C:\\models\\a.safetensors" }],
  ["file:///data/a%20b.pt", { kind: "path", path: "/data/a b.pt" }],
];

Deno.test("parseSource() reads every way in which people write where a model is", () => {
  for (const [text, expected] of WRITTEN) {
    assert.deepEqual(plain(parseSource(text, hosts)), plain(expected), text);
  }
});

const REFUSED = [
  "https://user:password@example.com/a.pt",
  "https://example.com/a.pt?token=secret",
  "https://example.com/a.pt?X-Amz-Signature=abc",
  "https://example.com/a.pt?x=1&api_key=secret",
  "",
  "hf:o",
  "hf:o/../a",
  "hf:o/r/../../a",
  "hf:o/r/a%2f..%2fb\\c",
  "hf:o/r@-x/a.pt",
  "civitai:abc",
  "civitai:1; rm",
  "https://civitai.com/models/1?modelVersionId=x",
  "urn:air:sdxl:checkpoint:civitai:x@1",
  "urn:air:sdxl:checkpoint:leonardo:1@1",
  "urn:isbn:1",
  "ftp://example.com/a.pt",
  "https://user:secret-pass@example.com/a.pt",
  "https://huggingface.co/o/r/blob/main/%E0%A4%A",
  "a\nb",
];

Deno.test("parseSource() refuses what names no file, and repeats no secret", () => {
  for (const text of REFUSED) {
    assert.throws(() => parseSource(text, hosts), (error) => {
      assert.ok(error instanceof ComfydockError, text);
      assert.equal(error.code, "MODEL_SOURCE_INVALID", text);
      assert.doesNotMatch(error.message, /secret-pass/);
      return true;
    }, text);
  }
});

Deno.test("a mirror's addresses are understood below its path, and the hub's as well", async () => {
  const mirrored = await readSourceHosts({ HF_ENDPOINT: "http://127.0.0.1:9/hub/" });
  assert.equal(mirrored.huggingface.endpoint, "http://127.0.0.1:9/hub");
  const expected = plain(hub("o/r", "a.pt", "main"));
  for (const base of ["http://127.0.0.1:9/hub", "https://huggingface.co"]) {
    assert.deepEqual(plain(parseSource(`${base}/o/r/resolve/main/a.pt`, mirrored)), expected);
  }
  await assert.rejects(readSourceHosts({ HF_ENDPOINT: "mirror" }), /HF_ENDPOINT "mirror"/);
});

/** Without fields that are undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
