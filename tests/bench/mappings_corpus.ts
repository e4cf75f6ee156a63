/** A seed-format registry cache of a chosen size, the same bytes for the same numbers. */
export interface CorpusSize {
  readonly packages: number;
  readonly versions: number;
  readonly classes: number;
}

/** What the registry holds today. */
export const fullSize: CorpusSize = { packages: 4_500, versions: 36_000, classes: 145_000 };

/** The path of the corpus file, which is written when it is not there yet. */
export function writeCorpus(path: string, size: CorpusSize, indent?: number): void {
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  const encoder = new TextEncoder();
  const write = (text: string) => {
    const bytes = encoder.encode(text);
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  };
  write('{"cached_at":"2026-08-20T00:00:00Z","node_count":' + size.packages + ',"nodes":[\n');
  for (let index = 0; index < size.packages; index++) {
    const text = JSON.stringify(corpusPackage(index, size), null, indent);
    write(text + (index + 1 < size.packages ? ",\n" : "\n"));
  }
  write('],"metadata_entries":' + size.classes + "}\n");
  file.close();
}

const TYPES = ["IMAGE", "MASK", "MODEL", "CLIP", "VAE", "LATENT", "CONDITIONING", "INT", "FLOAT"];
const WORDS = "load save blend mask image video audio prompt sampler scheduler upscale detail face"
  .split(" ");

/** A small generator of even numbers below `limit`, good enough for shapes of data. */
function numbers(seed: number): (limit: number) => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return (limit) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % limit;
  };
}

/** How many of `total` things belong to one of `count` owners, spread as evenly as it goes. */
function share(total: number, count: number, index: number): number {
  return Math.floor((total * (index + 1)) / count) - Math.floor((total * index) / count);
}

function corpusPackage(index: number, size: CorpusSize): Record<string, unknown> {
  const random = numbers(index + 1);
  const versionCount = share(size.versions, size.packages, index);
  const classCount = share(size.classes, size.packages, index);
  const versions = Array.from({ length: versionCount }, (_, at) => {
    const classes = share(classCount, versionCount, at);
    return {
      version: `1.${Math.floor((versionCount - at) / 4)}.${(versionCount - at) % 4}`,
      id: `${index}-${at}`,
      download_url: `https://cdn.comfy.org/publisher-${index}/pack-${index}/1.0.${at}/node.zip`,
      dependencies: ["numpy>=1.26", "pillow", `package-${random(50)}`],
      changelog: random(4) === 0 ? "Fixes for the sampler and new presets" : "",
      deprecated: random(20) === 0,
      status: "NodeVersionStatusActive",
      created_at: date(index * 7 + at * 30),
      comfy_node_extract_status: "success",
      comfy_nodes: Array.from({ length: classes }, (_, node) => corpusClass(index, node, at)),
      metadata_cached: true,
      first_seen: "2026-08-01T00:00:00Z",
      last_checked: "2026-08-20T00:00:00Z",
    };
  });
  return {
    id: `pack-${index}`,
    name: `Pack ${index} ${WORDS[random(WORDS.length)]}`,
    author: `author-${index % 900}`,
    description: `Nodes to ${WORDS[random(WORDS.length)]} and ${WORDS[random(WORDS.length)]}`,
    repository: `https://github.com/publisher-${index}/pack-${index}`,
    license: '{"file":"LICENSE"}',
    downloads: random(200_000),
    github_stars: random(3_000),
    rating: 0,
    status: "NodeStatusActive",
    created_at: date(index * 5),
    fully_cached: true,
    versions_list: versions,
    versions_cached_at: "2026-08-20T00:00:00Z",
  };
}

function date(daysBefore: number): string {
  const newest = Date.UTC(2026, 7, 20);
  return new Date(newest - (daysBefore % 1000) * 86_400_000).toISOString();
}

function corpusClass(index: number, node: number, version: number): Record<string, unknown> {
  // Every third version changes the inputs, as releases do.
  const random = numbers(index * 7919 + node * 31 + Math.floor(version / 3));
  const required = Object.fromEntries(
    Array.from({ length: 3 + random(3) }, (_, at) => [`${WORDS[random(13)]}_${at}`, input(random)]),
  );
  const optional = { "名前": ["STRING", { default: "日本", multiline: true }], mask: ["MASK"] };
  return {
    comfy_node_name: `${WORDS[index % 13]} ${WORDS[node % 13]} ${index % 1_300}-${node}`,
    category: `pack ${index}/${WORDS[node % 13]}`,
    description: node % 3 === 0 ? "Blends two images by a mask" : "",
    input_types: JSON.stringify({ required, optional, hidden: { unique_id: "UNIQUE_ID" } }),
    return_types: '["IMAGE","MASK"]',
    return_names: '["image","mask"]',
    output_is_list: [false, false],
    deprecated: false,
    experimental: false,
    function: "execute",
    policy: "ComfyNodePolicyActive",
  };
}

function input(random: (limit: number) => number): unknown {
  switch (random(3)) {
    case 0:
      return [TYPES[random(TYPES.length)]];
    case 1:
      return ["INT", { default: random(100), min: 0, max: 10_000, step: 1, tooltip: "Steps" }];
    default:
      return [["normal", "multiply", "screen", "overlay"], { default: "normal" }];
  }
}
