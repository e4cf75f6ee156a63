import assert from "node:assert/strict";
import { join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import { targetFor } from "../../../src/environment/models/mod.ts";

const world = { models: join("/", "m") };

const CASES:
  readonly (readonly [string, { as?: string; folder?: string }, string | undefined, string])[] = [
    ["a.pt", { folder: "loras" }, undefined, "loras/a.pt"],
    ["a.pt", { folder: "models/loras/styles/" }, undefined, "loras/styles/a.pt"],
    ["a.pt", { folder: "unet" }, "loras", "diffusion_models/a.pt"],
    ["a.pt", {}, "vae", "vae/a.pt"],
    ["a.safetensors", { as: "nice", folder: "loras" }, undefined, "loras/nice.safetensors"],
    ["a.safetensors", { as: "b.SAFETENSORS", folder: "loras" }, undefined, "loras/b.SAFETENSORS"],
    ["a.pt", { as: "v1.5", folder: "loras" }, undefined, "loras/v1.5.pt"],
  ];

Deno.test("targetFor() names a file in one of ComfyUI's folders", async () => {
  for (const [name, choice, offered, expected] of CASES) {
    const target = await targetFor(world, choice, name, offered);
    assert.equal(target, join(world.models, ...expected.split("/")));
  }
});

const REFUSED: readonly (readonly [{ as?: string; folder?: string }, string])[] = [
  [{}, "MODEL_FOLDER_NEEDED"],
  [{ folder: "../loras" }, "MODEL_OUTSIDE"],
  [{ folder: "/etc" }, "MODEL_OUTSIDE"],
  [{ folder: "loras/../../x" }, "MODEL_OUTSIDE"],
  [{ folder: "C:\\loras" }, "MODEL_OUTSIDE"],
  [{ folder: "loras", as: "../x.pt" }, "MODEL_OUTSIDE"],
  [{ folder: "loras", as: "x\\y.pt" }, "MODEL_OUTSIDE"],
];

Deno.test("targetFor() never leaves the directory of models", async () => {
  for (const [choice, code] of REFUSED) {
    await assert.rejects(targetFor(world, choice, "a.pt", undefined), (error) => {
      assert.ok(error instanceof ComfydockError);
      assert.equal(error.code, code, JSON.stringify(choice));
      return true;
    });
  }
});
