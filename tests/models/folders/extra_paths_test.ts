import assert from "node:assert/strict";
import { join } from "node:path";
import { readExtraModelPaths, readModelFolders } from "../../../src/models/folders/mod.ts";

const folders = await readModelFolders();

async function read(text: string, env: Readonly<Record<string, string>> = {}) {
  const root = await Deno.makeTempDir();
  try {
    const path = join(root, "extra_model_paths.yaml");
    await Deno.writeTextFile(path, text);
    const found = await readExtraModelPaths(path, folders, { env });
    return found.map((each) => ({ ...each, directory: each.directory.replace(root, "[ROOT]") }));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("paths are read as ComfyUI reads them: bases, blocks of lines, defaults, aliases", async () => {
  const text = `
a111:
  base_path: path/to/webui/
  is_default: yes
  checkpoints: models/Stable-diffusion
  loras: |
    models/Lora
    models/LyCORIS

    /elsewhere/loras/
  clip: models/clip
home:
  base_path: ~/models
  unet: "$KIND/unet"
variable:
  base_path: \${BASE}/x
  my_pack_models: own
bare:
  vae: vae
nothing:
`;
  assert.deepEqual(
    await read(text, { HOME: "/home/me", BASE: "/mnt" }),
    [
      ...[
        ["checkpoints", "[ROOT]/path/to/webui/models/Stable-diffusion"],
        ["loras", "[ROOT]/path/to/webui/models/Lora"],
        ["loras", "[ROOT]/path/to/webui/models/LyCORIS"],
        ["loras", "/elsewhere/loras"],
        ["text_encoders", "[ROOT]/path/to/webui/models/clip"],
      ].map(([folder, directory]) => ({ folder, directory, isDefault: true, section: "a111" })),
      {
        folder: "diffusion_models",
        directory: "/home/me/models/$KIND/unet",
        isDefault: false,
        section: "home",
      },
      { folder: "my_pack_models", directory: "/mnt/x/own", isDefault: false, section: "variable" },
      { folder: "vae", directory: "[ROOT]/vae", isDefault: false, section: "bare" },
    ],
  );
});

Deno.test("a file without content names nothing, and a broken one is told with what is wrong", async () => {
  assert.deepEqual(await read(""), []);
  assert.deepEqual(await read("# only a remark\n"), []);
  const bombs = `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [${"*a,".repeat(9)}*a]\n` +
    `c: &c [${"*b,".repeat(9)}*b]\nd: [${"*c,".repeat(9)}*c]\n`;
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["a list", "- a\n- b\n", /no sections/],
    ["a text", "hello", /no sections/],
    ["no section", "comfyui: models", /"comfyui" is no section/],
    ["a list of paths", "comfyui:\n  loras: [a, b]\n", /"loras" of "comfyui" is no path/],
    ["a number as base", "comfyui:\n  base_path: 12\n", /"base_path" of "comfyui"/],
    ["broken", "comfyui:\n  loras: 'x\n vae: y\n", /Cannot read/],
    ["tabs", "comfyui:\n\tloras: x\n", /Cannot read/],
    ["aliases of aliases", bombs, /Cannot read/],
  ];
  for (const [name, text, message] of cases) {
    await assert.rejects(read(text), { code: "MODEL_PATHS_INVALID", message }, name);
  }
});
