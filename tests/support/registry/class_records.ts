import { type CorpusClass, toCorpusClass } from "../../../src/demo/sample_registry/mod.ts";
import { Seeded } from "./seeded.ts";

type Inputs = readonly (readonly [name: string, spec: unknown])[];

const required: Inputs = [
  ["image", ["IMAGE"]],
  ["model", ["MODEL"]],
  ["clip", ["CLIP"]],
  ["vae", ["VAE"]],
  ["latent", ["LATENT"]],
  ["mask", ["MASK", { "tooltip": "White is kept" }]],
  ["positive", ["CONDITIONING"]],
  ["seed", ["INT", { "default": 0, "min": 0, "max": 18446744073709552000 }]],
  ["steps", ["INT", { "default": 20, "min": 1, "max": 10000 }]],
  ["strength", ["FLOAT", { "default": 1, "min": -20, "max": 20, "step": 0.01 }]],
  ["method", [["nearest-exact", "bilinear", "area", "bicubic", "lanczos"]]],
  ["mode", ["COMBO", { "options": ["auto", "on", "off"], "default": "auto" }]],
  ["text", ["STRING", { "multiline": true, "default": "" }]],
  ["名前", ["STRING", { "default": "日本" }]],
];
const optional: Inputs = [
  ["mask_opt", ["MASK"]],
  ["control_net", ["CONTROL_NET"]],
  ["width", ["INT", { "default": 512, "min": 64, "max": 16384, "step": 8 }]],
  ["height", ["INT", { "default": 512, "min": 64, "max": 16384, "step": 8 }]],
  ["invert", ["BOOLEAN", { "default": false, "label_on": "yes", "label_off": "no" }]],
  ["any", ["*"]],
];
const outputs = ["IMAGE", "MASK", "LATENT", "MODEL", "STRING", "INT", "CONDITIONING"] as const;

/**
 * Makes the record of a class.
 *
 * @param pack Id of the pack, which with the name decides what the class looks like.
 * @param edit Another number gives the class another input.
 */
export function makeClass(pack: string, name: string, edit: number): CorpusClass {
  const random = new Seeded(`${pack} ${name}`);
  const needed = drawn(random, required, random.between(1, 5));
  const spare = drawn(random, optional, random.between(0, 3));
  if (edit > 0) spare[`option_${edit}`] = ["FLOAT", { "default": edit / 10 }];
  const hidden = random.chance(0.15)
    ? { "hidden": { "prompt": "PROMPT", "unique_id": "UNIQUE_ID" } }
    : {};
  const input = random.chance(0.3)
    ? { "required": needed }
    : { "required": needed, "optional": spare };
  const returns = Array.from({ length: random.between(1, 3) }, () => random.pick(outputs));
  return toCorpusClass({
    comfy_node_name: name,
    category: `${pack}/${random.pick(["image", "utils", "loaders", "sampling"])}`,
    description: random.chance(0.4) ? `${name} works on what is connected to it` : "",
    // Signatures name an edited class apart even where it shows no optional inputs.
    input_types: JSON.stringify({ ...input, ...(edit > 0 ? { optional: spare } : {}), ...hidden }),
    function: random.pick(["run", "execute", "process", "apply"]),
    return_types: JSON.stringify(returns),
    return_names: JSON.stringify(returns.map((type) => type.toLowerCase())),
    deprecated: random.chance(0.01),
    experimental: random.chance(0.02),
    output_is_list: returns.map(() => random.chance(0.05)),
    policy: random.chance(0.005) ? "ComfyNodePolicyLocalOnly" : "ComfyNodePolicyActive",
  });
}

function drawn(random: Seeded, from: Inputs, count: number): Record<string, unknown> {
  const start = random.between(0, from.length - 1);
  const step = random.pick([1, 3]);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => from[(start + index * step) % from.length]!),
  );
}
