/**
 * Builds `config/model_loaders.toml`: which widgets of which classes name model files or input files.
 *
 * Usage: `deno task loader-table OBJECT_INFO [--output FILE]`; the argument is what a ComfyUI without any models answers
 * at `/object_info`, as `.json` or `.json.gz`. There every widget that lists files is empty; which folder it lists is not
 * said, and comes from the rules below. Classes of later ComfyUI versions and of known packs are listed below, too.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { type JsonRecord, parseJsonBytes, writeFileAtomic } from "../src/base/mod.ts";
import { say } from "./terminal.ts";

/** A widget that names a file. */
interface FileWidget {
  readonly widget: string;
  readonly index: number;
  /** None for input files. */
  readonly folders?: readonly string[];
}

type FileWidgets = Record<string, readonly FileWidget[]>;

// Of a class alone, or of any class; the first that fits counts.
const FOLDERS: readonly (readonly [pattern: RegExp, folders: readonly string[]])[] = [
  [/^CLIPVisionLoader\.clip_name$/, ["clip_vision"]],
  [/^VAELoader\.vae_name$/, ["vae", "vae_approx"]],
  [/^UpscaleModelLoader\.model_name$/, ["upscale_models"]],
  [/^ModelPatchLoader\.name$/, ["model_patches"]],
  [/^DiffusersLoader\.model_path$/, ["diffusers"]],
  [/\.ckpt_name$/, ["checkpoints"]],
  [/\.config_name$/, ["configs"]],
  [/\.lora_name$/, ["loras"]],
  [/\.clip_name\d?$/, ["text_encoders"]],
  [/\.unet_name$/, ["diffusion_models"]],
  [/\.control_net_name$/, ["controlnet"]],
  [/\.style_model_name$/, ["style_models"]],
  [/\.gligen_name$/, ["gligen"]],
  [/\.hypernetwork_name$/, ["hypernetworks"]],
  [/\.photomaker_model_name$/, ["photomaker"]],
  [/\.audio_encoder_name$/, ["audio_encoders"]],
];

// Lists that are not empty even without models, because something is built in.
const WITH_BUILTINS: readonly string[] = ["VAELoader.vae_name", "CheckpointLoader.config_name"];

const LATER_AND_PACKS: Readonly<
  Record<string, readonly (readonly [widget: string, folder: string])[]>
> = {
  AudioEncoderLoader: [["audio_encoder_name", "audio_encoders"]],
  ConditioningLoader: [["conditioning_name", "embeddings"]],
  FrameInterpolationModelLoader: [["model_name", "frame_interpolation"]],
  LTXAVTextEncoderLoader: [["text_encoder", "text_encoders"], ["ckpt_name", "checkpoints"]],
  LTXVAudioVAELoader: [["ckpt_name", "checkpoints"]],
  LatentUpscaleModelLoader: [["model_name", "latent_upscale_models"]],
  LoadBackgroundRemovalModel: [["bg_removal_name", "background_removal"]],
  LoadDA3Model: [["model_name", "geometry_estimation"]],
  LoadMoGeModel: [["model_name", "geometry_estimation"]],
  OpticalFlowLoader: [["model_name", "optical_flow"]],
  SAM3DBody_Loader: [["model_name", "detection"]],
  UnetLoaderGGUF: [["unet_name", "diffusion_models"]],
  UnetLoaderGGUFAdvanced: [["unet_name", "diffusion_models"]],
  CLIPLoaderGGUF: [["clip_name", "text_encoders"]],
  DualCLIPLoaderGGUF: [["clip_name1", "text_encoders"], ["clip_name2", "text_encoders"]],
  TripleCLIPLoaderGGUF: [
    ["clip_name1", "text_encoders"],
    ["clip_name2", "text_encoders"],
    ["clip_name3", "text_encoders"],
  ],
  IPAdapterModelLoader: [["ipadapter_file", "ipadapter"]],
  UltralyticsDetectorProvider: [["model_name", "ultralytics"]],
  SAMLoader: [["model_name", "sams"]],
  InstantIDModelLoader: [["instantid_file", "instantid"]],
  PulidFluxModelLoader: [["pulid_file", "pulid"]],
  ADE_LoadAnimateDiffModel: [["model_name", "animatediff_models"]],
};

// Classes that are missing where their libraries are.
const LATER_INPUTS: Readonly<Record<string, string>> = { LoadAudio: "audio" };

const WIDGET_TYPES: ReadonlySet<string> = new Set(["INT", "FLOAT", "STRING", "BOOLEAN", "COMBO"]);

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: { output: { type: "string" } },
});
const [path] = positionals;
if (path === undefined) {
  say("usage: deno task loader-table OBJECT_INFO [--output FILE]");
  Deno.exit(2);
}
const bytes = await Deno.readFile(path);
const info = parseJsonBytes(path.endsWith(".gz") ? gunzipSync(bytes) : bytes, "$") as Record<
  string,
  JsonRecord
>;
const models: FileWidgets = {};
const inputs: FileWidgets = {};
for (const [name, facts] of Object.entries(info)) {
  const widgets = fileWidgets(name, facts);
  if (widgets.models.length > 0) models[name] = widgets.models;
  if (widgets.inputs.length > 0) inputs[name] = widgets.inputs;
}
for (const [name, widgets] of Object.entries(LATER_AND_PACKS)) {
  models[name] ??= widgets.map(([widget, folder], index) => ({ widget, index, folders: [folder] }));
}
for (const [name, widget] of Object.entries(LATER_INPUTS)) inputs[name] ??= [{ widget, index: 0 }];
const output = values.output ??
  fileURLToPath(new URL("../config/model_loaders.toml", import.meta.url));
await writeFileAtomic(
  output,
  [
    "# Made by `deno task loader-table`: the widgets that name files, by class of node.",
    "# `index` counts the values of the editor's format, `widget` is the name in the API format.",
    ...tableOf("models", models),
    ...tableOf("inputs", inputs),
    "",
  ].join("\n"),
);
say(
  JSON.stringify({
    output,
    models: Object.keys(models).length,
    inputs: Object.keys(inputs).length,
  }),
);

function fileWidgets(name: string, facts: JsonRecord) {
  const found: { models: FileWidget[]; inputs: FileWidget[] } = { models: [], inputs: [] };
  const groups = facts.input as Record<string, Record<string, unknown>>;
  let index = 0;
  for (const group of ["required", "optional"]) {
    for (const [widget, input] of Object.entries(groups[group] ?? {})) {
      const [type, options = {}] = Array.isArray(input) ? input : [input];
      const choices = Array.isArray(type)
        ? type
        : type === "COMBO"
        ? options.options ?? []
        : undefined;
      if (choices === undefined && !WIDGET_TYPES.has(type)) continue;
      const place = `${name}.${widget}`;
      if (choices?.length === 0 || WITH_BUILTINS.includes(place)) {
        const folders = FOLDERS.find(([pattern]) => pattern.test(place))?.[1];
        if (folders) found.models.push({ widget, index, folders });
      }
      if (Object.keys(options).some((key) => /^(image|audio|video|file)_upload$/.test(key))) {
        found.inputs.push({ widget, index });
      }
      index += options.control_after_generate === true ? 2 : 1;
    }
  }
  return found;
}

function tableOf(title: string, widgets: FileWidgets): readonly string[] {
  const rows = Object.keys(widgets).sort().map((name) => {
    const items = widgets[name]!.map(({ widget, index, folders }) => {
      const list = folders ? `, folders = ${JSON.stringify(folders)}` : "";
      return `{ widget = ${JSON.stringify(widget)}, index = ${index}${list} }`;
    });
    return `${JSON.stringify(name)} = [${items.join(", ")}]`;
  });
  return ["", `[${title}]`, ...rows];
}
