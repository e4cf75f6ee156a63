import { Seeded } from "./seeded.ts";
import type { PackSeed } from "./pack_seed.ts";

const subjects = [
  "Image",
  "Latent",
  "Mask",
  "Prompt",
  "Video",
  "Audio",
  "Depth",
  "Pose",
  "Lora",
  "Model",
  "Tile",
  "Color",
  "Text",
  "Batch",
  "Sampler",
  "Noise",
  "Frame",
  "Face",
  "Style",
  "Control",
] as const;
const actions = [
  "Loader",
  "Saver",
  "Blend",
  "Crop",
  "Resize",
  "Switch",
  "Scheduler",
  "Preview",
  "Merge",
  "Split",
  "Encode",
  "Decode",
  "Filter",
  "Mixer",
  "Picker",
  "Counter",
  "Stack",
  "Apply",
  "Detect",
  "Upscale",
] as const;
const owners = [
  "amber",
  "birch",
  "cedar",
  "delta",
  "ember",
  "fjord",
  "grove",
  "heath",
  "inlet",
  "jetty",
] as const;

/**
 * Makes packs of made-up names; some names are not ASCII, some classes are claimed by several packs.
 *
 * @param count How many.
 */
export function syntheticPacks(count: number): readonly PackSeed[] {
  return Array.from({ length: count }, (_, index) => syntheticPack(index));
}

function syntheticPack(index: number): PackSeed {
  const random = new Seeded(`pack ${index}`);
  const subject = random.pick(subjects);
  const name = `ComfyUI-${subject}-${random.pick(actions)}-${index}`;
  const author = `${random.pick(owners)}-${random.between(1, 900)}`;
  // Like Manager's map: half of the packs have 3 classes or fewer, one in a hundred has more than 90.
  const size = Math.min(400, Math.max(1, Math.round(3 * Math.exp(1.35 * random.normal()))));
  const classes = new Set<string>();
  while (classes.size < size) classes.add(className(random, index, classes.size));
  return {
    id: random.chance(0.1) ? name : name.toLowerCase(),
    name: random.chance(0.02) ? `${name} 画像` : name,
    author,
    description: `${subject} tools for ComfyUI`,
    repository: `https://github.com/${author}/${name}`,
    stars: Math.floor(Math.exp(2 + 1.8 * random.normal())),
    classes: [...classes],
  };
}

function className(random: Seeded, pack: number, place: number): string {
  const base = `${random.pick(subjects)}${random.pick(actions)}`;
  if (random.chance(0.05)) return base;
  return random.chance(0.01) ? `${base} ノード ${pack}-${place}` : `${base}_${pack}_${place}`;
}
