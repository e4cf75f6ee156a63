import assert from "node:assert/strict";
import fc from "fast-check";
import { ComfydockError } from "../../../src/base/mod.ts";
import { memorySource, readFormat, readFormatKnowledge } from "../../../src/models/formats/mod.ts";
import { ggufBytes, rawSafetensors, safetensorsBytes } from "../../support/model_files.ts";

const knowledge = await readFormatKnowledge();
const encoder = new TextEncoder();

function read(bytes: Uint8Array<ArrayBuffer>, extension = ".safetensors") {
  return readFormat(memorySource(bytes), extension, knowledge);
}

Deno.test("a safetensors header tells type, numbers and architecture", () => {
  const unet = "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight";
  const format = read(safetensorsBytes({
    [unet]: { dtype: "F16", shape: [320, 768] },
    small: { dtype: "F32", shape: [10] },
  }));
  assert.deepEqual({ ...format }, {
    kind: "safetensors",
    architecture: "sd1",
    dtype: "F16",
    parameters: 320 * 768 + 10,
    trainedTags: undefined,
    trainingHash: undefined,
  });
});

Deno.test("architectures are told by what only they have", () => {
  const cases: readonly (readonly [string, readonly number[], string | undefined])[] = [
    ["input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight", [320, 1024], "sd2"],
    ["model.input_blocks.4.1.transformer_blocks.1.attn2.to_k.weight", [640, 2048], "sdxl"],
    ["model.diffusion_model.double_blocks.0.img_attn.norm.key_norm.scale", [128], "flux"],
    ["joint_blocks.0.context_block.attn.qkv.weight", [3, 3], "sd3"],
    ["lora_te2_text_model_encoder_layers_0_mlp_fc1.alpha", [1], "sdxl"],
    ["head.modulation", [1, 2, 4], "wan"],
    ["something.of.its.own", [1], undefined],
  ];
  for (const [name, shape, expected] of cases) {
    const { architecture } = read(safetensorsBytes({ [name]: { dtype: "F16", shape } }));
    assert.equal(architecture, expected, name);
  }
});

Deno.test("what the training tool wrote is kept: base, tags by frequency, hash", () => {
  const metadata = {
    ss_base_model_version: "sdxl_base_v1-0",
    ss_tag_frequency: JSON.stringify({
      "10_cat": { cat: 10, " dog ": 3 },
      b: { dog: 9, x: "many" },
    }),
    sshs_model_hash: "0xABCDEF0123456789",
  };
  const { architecture, trainedTags, trainingHash } = read(
    safetensorsBytes({ a: { dtype: "BF16", shape: [2] } }, { metadata }),
  );
  assert.equal(architecture, "sdxl");
  assert.deepEqual(trainedTags, ["dog", "cat"]);
  assert.equal(trainingHash, "abcdef0123456789");
});

Deno.test("damaged files are told with the reason, whatever the damage is", () => {
  const whole = safetensorsBytes({ a: { dtype: "F32", shape: [64] } });
  const cases: readonly (readonly [string, Uint8Array<ArrayBuffer>, string, RegExp])[] = [
    ["cut header", whole.slice(0, 20), "MODEL_BROKEN", /cut off in its header/],
    ["cut numbers", whole.slice(0, -1), "MODEL_BROKEN", /cut off: \d+ bytes are needed/],
    ["cut length", whole.slice(0, 5), "MODEL_BROKEN", /only 5 bytes/],
    [
      "length 2^63",
      rawSafetensors("{}", 0, 2n ** 63n),
      "MODEL_BROKEN",
      /claims 9223372036854775808/,
    ],
    ["no JSON", rawSafetensors("{a}"), "MODEL_BROKEN", /no JSON object/],
    ["a list", rawSafetensors("[1]"), "MODEL_BROKEN", /no JSON object/],
    ["bad tensor", rawSafetensors('{"a":{"dtype":1}}'), "MODEL_BROKEN", /the tensor "a"/],
    [
      "negative shape",
      rawSafetensors('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4),
      "MODEL_BROKEN",
      /the tensor "a"/,
    ],
    ["empty", new Uint8Array(), "MODEL_NOT_A_MODEL", /empty/],
    [
      "web page",
      encoder.encode("\n<!DOCTYPE html><html><body>Sign in</body></html>"),
      "MODEL_NOT_A_MODEL",
      /web page/,
    ],
    [
      "pointer",
      encoder.encode("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"),
      "MODEL_NOT_A_MODEL",
      /git lfs pull/,
    ],
  ];
  for (const [name, bytes, code, message] of cases) {
    assert.throws(() => read(bytes), (error) => {
      assert.ok(error instanceof ComfydockError, name);
      assert.equal(error.code, code, name);
      assert.match(error.message, message, name);
      return true;
    }, name);
  }
});

Deno.test("a GGUF file tells architecture, type and numbers, and when it is cut off", () => {
  const bytes = ggufBytes(
    { "general.name": "x", "general.architecture": "flux", "general.file_type": 14 },
    [{ name: "a", shape: [256, 4], type: 12 }, { name: "b", shape: [16], type: 0 }],
    4 * 144,
  );
  assert.deepEqual(read(bytes, ".gguf"), {
    kind: "gguf",
    architecture: "flux",
    dtype: "Q4_K",
    parameters: 256 * 4 + 16,
  });
  assert.equal(read(bytes, ".bin").kind, "gguf");
  for (const length of [4, 30, 60, 100, bytes.length - 1]) {
    assert.throws(() => read(bytes.slice(0, length), ".gguf"), { code: "MODEL_BROKEN" });
  }
});

Deno.test("bytes of any kind end in a format or in an error of ours, never in anything else", () => {
  const seeds = [
    safetensorsBytes({ a: { dtype: "F32", shape: [8] } }, { metadata: { x: "y" } }),
    ggufBytes({ "general.architecture": "flux" }, [{ name: "a", shape: [4], type: 0 }], 16),
    Uint8Array.from([0x80, 4, 0x8c, 2, 0x6f, 0x73, 0x8c, 1, 0x61, 0x93, 0x29, 0x52, 0x2e]),
  ];
  const damaged = fc.record({
    seed: fc.constantFrom(...seeds),
    changes: fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
    length: fc.nat(400),
  }).map(({ seed, changes, length }) => {
    const bytes = seed.slice(0, Math.max(1, length));
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return bytes;
  });
  const extensions = fc.constantFrom(".safetensors", ".gguf", ".ckpt", ".pt", ".onnx", ".bin");
  fc.assert(fc.property(fc.oneof(damaged, fc.uint8Array()), extensions, (bytes, extension) => {
    try {
      read(Uint8Array.from(bytes), extension);
    } catch (error) {
      assert.ok(error instanceof ComfydockError, String(error));
    }
  }));
});
