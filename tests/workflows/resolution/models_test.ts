import { deepEqual } from "node:assert/strict";
import type { ModelReference } from "../../../src/workflows/dependencies/mod.ts";
import {
  type LocalModel,
  type ModelKnowledge,
  resolveModels,
} from "../../../src/workflows/resolution/mod.ts";

const place = { id: "1", scope: [], type: "LoraLoader", mode: "active" } as const;
const path = ["nodes", 0, "widgets_values", 0];

function file(folder: string, name: string, blake3 = name): LocalModel {
  return { folder, path: name, blake3, size: 1 };
}

function resolve(
  reference: Partial<ModelReference>,
  files: readonly LocalModel[],
  knowledge: Partial<ModelKnowledge> = {},
) {
  const whole: ModelReference = {
    value: "a.safetensors",
    folders: ["loras"],
    evidence: "loader",
    place,
    path,
    ...reference,
  };
  const [resolved] = resolveModels([whole], [], {
    local: {
      byHash: (algorithm, hash) =>
        files.filter((one) => algorithm === "blake3" && one.blake3 === hash),
      named: (name) =>
        files.filter((one) => one.path.split("/").at(-1)?.toLowerCase() === name.toLowerCase()),
      close: () => [],
    },
    manifest: [],
    known: () => [],
    folder: (name) => name === "unet" ? "diffusion_models" : name,
    separator: "/",
    ...knowledge,
  });
  const { outcome, evidence, file: taken, value, offers } = resolved!;
  return [outcome, evidence, taken?.path, value, offers[0]?.url];
}

const embedded = {
  name: "a.safetensors",
  url: "https://host/a.safetensors",
  directory: "loras",
  path: [],
};

const CASES: readonly [string, ReturnType<typeof resolve>, ReturnType<typeof resolve>][] = [
  ["a file where the widget says", resolve({}, [file("loras", "a.safetensors")]), [
    "local",
    "path",
    "a.safetensors",
    undefined,
    undefined,
  ]],
  [
    "a path with other separators is written anew",
    resolve({ value: "x\\a.safetensors" }, [file("loras", "x/a.safetensors")]),
    ["moved", "path", "x/a.safetensors", "x/a.safetensors", undefined],
  ],
  [
    "a name with other capitals is written anew",
    resolve({ value: "A.safetensors" }, [file("loras", "a.safetensors")]),
    ["moved", "path", "a.safetensors", "a.safetensors", undefined],
  ],
  [
    "a file in another subfolder",
    resolve({ value: "x/a.safetensors" }, [file("loras", "y/a.safetensors")]),
    ["moved", "folder_name", "y/a.safetensors", "y/a.safetensors", undefined],
  ],
  [
    "a file in a folder that has two names",
    resolve({ folders: ["unet"] }, [file("diffusion_models", "a.safetensors")]),
    ["local", "path", "a.safetensors", undefined, undefined],
  ],
  [
    "a file in a folder that the loader does not look into",
    resolve({}, [file("vae", "a.safetensors")]),
    ["misplaced", "name", "a.safetensors", undefined, undefined],
  ],
  [
    "a file of another name, by the hash that the editor saved",
    resolve({ embedded: { ...embedded, hash: "AB", hashType: "BLAKE3" } }, [
      file("loras", "b.safetensors", "ab"),
    ]),
    ["moved", "hash", "b.safetensors", "b.safetensors", undefined],
  ],
  [
    "two equal files are one model",
    resolve({ value: "x/a.safetensors" }, [
      file("loras", "y/a.safetensors", "1"),
      file("loras", "z/a.safetensors", "1"),
    ]),
    ["moved", "folder_name", "y/a.safetensors", "y/a.safetensors", undefined],
  ],
  [
    "two different files of one name are ambiguous",
    resolve({ value: "x/a.safetensors" }, [
      file("loras", "y/a.safetensors", "1"),
      file("loras", "z/a.safetensors", "2"),
    ]),
    ["ambiguous", "folder_name", undefined, undefined, undefined],
  ],
  [
    "an embedding, which prompts name without its ending",
    resolve({ value: "easy", folders: ["embeddings"], evidence: "embedding", path: undefined }, [
      file("embeddings", "easy.pt"),
      file("loras", "easy.safetensors"),
    ]),
    ["local", "folder_name", "easy.pt", undefined, undefined],
  ],
  [
    "a model of an unknown class, wherever it lies",
    resolve({ folders: [], evidence: "extension" }, [file("vae", "a.safetensors")]),
    ["local", "name", "a.safetensors", undefined, undefined],
  ],
  ["what is not here, by the address that the editor saved", resolve({ embedded }, []), [
    "downloadable",
    "embedded_url",
    undefined,
    undefined,
    embedded.url,
  ]],
  ["what is not here and nobody knows", resolve({}, []), [
    "unknown",
    undefined,
    undefined,
    undefined,
    undefined,
  ]],
];

for (const [what, found, wanted] of CASES) {
  Deno.test(`models: ${what}`, () => deepEqual(found, wanted));
}

Deno.test("models: the manifest's hash and sources count, and the shipped list at last", () => {
  const entry = {
    key: "a",
    name: "a.safetensors",
    hash: "blake3:ff",
    sources: [{ type: "huggingface", repo: "me/a", file: "a.safetensors" }],
    criticality: "required",
  } as const;
  deepEqual(
    resolve({}, [file("loras", "z.safetensors", "ff")], { manifest: [entry] }).slice(0, 3),
    ["moved", "hash", "z.safetensors"],
  );
  deepEqual(resolve({ embedded }, [], { manifest: [entry] }).at(-1), "hf:me/a/a.safetensors");
  const known =
    () => [{ name: "a.safetensors", folder: "loras", urls: ["https://list/a.safetensors"] }];
  deepEqual(resolve({}, [], { known }).at(-1), "https://list/a.safetensors");
});

Deno.test("models: on Windows a path is written back with its separators", () => {
  deepEqual(
    resolve({ value: "a.safetensors" }, [file("loras", "x/a.safetensors")], { separator: "\\" })[3],
    "x\\a.safetensors",
  );
});

Deno.test("models: close names are offered for what nobody knows, never taken", () => {
  const near = file("loras", "a-v2.safetensors");
  const local = { byHash: () => [], named: () => [], close: () => [near] };
  deepEqual(resolve({}, [], { local }), ["unknown", undefined, undefined, undefined, undefined]);
});
