import { deepEqual, equal } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readAsset } from "../../src/base/mod.ts";
import {
  canonicalUrl,
  countStats,
  lookupNode,
  mappingIndexOf,
  mappingsText,
  readMappings,
} from "../../src/mappings/mod.ts";
import { openLineIndex } from "../../src/mappings/line_index.ts";

const path = new URL("../../data/node_mappings.json.gz", import.meta.url);

// Picked by seed from the class names of ComfyUI-Manager's map that one repository has, then some of each odd kind.
const FACTS: readonly (readonly [nodeType: string, repository: string])[] = [
  ["CYHFilmGrainNode", "github.com/chyer/chye-comfyui-toolset"],
  ["Selector Hub", "github.com/exdysa/comfyui-selector"],
  ["LTXVTimelineEditor", "github.com/erosdiffusion/comfyui-erosdiffusion-ltx2"],
  ["SeedVolcengineI2VConfig", "github.com/vantang/comfyui-mediahub"],
  ["comfyui-openpose-editor-konva-node", "github.com/endericedragon/comfyui-openpose-editor-konva"],
  ["LoadAutoMasker", "github.com/pzc163/comfyui-catvton"],
  ["Keep Only English Words [LP]", "github.com/levelpixel/comfyui-levelpixel"],
  ["GeminiFlashImage", "github.com/kexplo/comfyui-google-gemini-flash-image"],
  ["LH_SuperText", "github.com/frankluise5220/comfyui-lorahelper"],
  ["Render_OpenPose_From_SMPL_Mesh_Multiple_Subjects", "github.com/fannovel16/comfyui-motiondiff"],
  ["ModelMergeKrea2", "github.com/comfyanonymous/comfyui"],
  ["FreeUExtreme", "github.com/blepping/comfyui-sonar"],
  [
    "Custom Generate Stable Diffsution Prompt With LLM",
    "github.com/ducido/objectfusion_comfyui_nodes",
  ],
  ["TTools SD3 Resolution Solver", "github.com/toxicwind/comfyui-ttools"],
  ["NunchakuDepthPreprocessor", "github.com/nunchaku-tech/comfyui-nunchaku"],
  ["Runtime44Upscaler", "github.com/runtime44/comfyui_r44_nodes"],
  ["DXF Transform", "github.com/orion4d/comfyui_dao_master"],
  ["StarTiledSeedVRUpscaler", "github.com/starnodes2024/comfyui_starnodes"],
  ["LoadPILImages", "github.com/1shadow1/hayo_comfyui_nodes"],
  ["Seed With Text", "gist.github.com/alkemann/7361b8eb966f29c8238fd323409efb68"],
  ["Power Lora Loader (rgthree)", "github.com/rgthree/rgthree-comfy"],
  ["KSampler", "github.com/comfyanonymous/comfyui"],
  ["SAMLoader", "github.com/ltdrdata/comfyui-impact-pack"],
];

Deno.test("The starter index resolves class names of every kind to their repositories", async () => {
  const index = await mappingIndexOf(await readAsset("data/node_mappings.json.gz"), "starter");
  for (const [nodeType, repository] of FACTS) {
    const [best] = lookupNode(index, nodeType);
    equal(canonicalUrl(best?.package?.repository ?? ""), repository, nodeType);
    equal(best?.live, true, nodeType);
  }
});

Deno.test("The starter index is small, whole, counted right and laid out for quick lookups", async () => {
  equal((await Deno.stat(path)).size < 2_000_000, true);
  const mappings = await readMappings(fileURLToPath(path));
  deepEqual(mappings.stats, countStats(mappings.mappings, mappings.packages));
  equal(mappings.stats.packages > 5_590, true);
  equal(mappings.stats.total_nodes > 42_000, true);
  const bytes = new TextEncoder().encode([...mappingsText(mappings)].join(""));
  equal(openLineIndex(bytes, "starter") === undefined, false);
});

Deno.test("NOTICE names the origin and the licence of the starter index", async () => {
  const notice = await Deno.readTextFile(new URL("../../NOTICE", import.meta.url));
  equal(/ComfyUI-Manager[^]*GPL-3\.0/.test(notice), true);
});
