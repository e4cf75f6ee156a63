import assert from "node:assert/strict";
import { readModelFolders } from "../../../src/models/folders/mod.ts";

const folders = await readModelFolders();

Deno.test("paths below models belong to ComfyUI's folders, also under their older names", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["checkpoints/a.safetensors", "checkpoints"],
    ["Checkpoints/sub/a.safetensors", "checkpoints"],
    ["unet/a.gguf", "diffusion_models"],
    ["diffusion_models/a.gguf", "diffusion_models"],
    ["clip/a.safetensors", "text_encoders"],
    ["clip_vision/a.safetensors", "clip_vision"],
    ["t2i_adapter/a.pth", "controlnet"],
    ["ultralytics/bbox/face.pt", "ultralytics_bbox"],
    ["ultralytics/other.pt", "ultralytics"],
    ["a.safetensors", undefined],
    ["my_own/a.safetensors", undefined],
  ];
  for (const [path, folder] of cases) assert.equal(folders.folderOf(path), folder, path);
});

Deno.test("names of folders are made ComfyUI's own, and unknown ones stay", () => {
  const cases = { unet: "diffusion_models", CLIP: "text_encoders", loras: "loras", own: "own" };
  for (const [name, expected] of Object.entries(cases)) {
    assert.equal(folders.canonical(name), expected);
  }
});

Deno.test("files are models by their endings, some only in their folder", () => {
  for (const name of ["a.safetensors", "a.SFT", "a.gguf", "a.onnx", "a.pt2", "a.ckpt"]) {
    assert.ok(folders.isModelFile(name), name);
  }
  for (const name of ["put_loras_here", "a.txt", "a.safetensors.part", "a.yaml", "safetensors"]) {
    assert.ok(!folders.isModelFile(name), name);
  }
  assert.ok(folders.isModelFile("v1-inference.yaml", "configs"));
});
