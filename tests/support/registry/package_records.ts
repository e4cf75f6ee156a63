import type { NodeRecord, VersionRecord } from "../../../src/demo/sample_registry/mod.ts";
import type { PackagePlan } from "./plan.ts";
import type { Release } from "./releases.ts";
import { chanceOf, hashText, Seeded } from "./seeded.ts";

/** Where the registry keeps its archives; the test server can show its own address instead. */
export const archiveHost = "https://cdn.comfy.org/";

const requirements = [
  "numpy>=1.26",
  "opencv-python",
  "pillow",
  "requests>=2.31,<3",
  "transformers>=4.40.0",
  "einops",
  "huggingface_hub",
  "scipy ; python_version >= '3.10'",
  "accelerate~=0.30",
  "onnxruntime-gpu",
  "git+https://github.com/facebookresearch/sam2.git@main",
  "# optional: xformers",
  "safetensors[torch]>=0.4",
] as const;

/** Makes the record of a package. */
export function packageRecord({ pack, status, downloads, releases }: PackagePlan): NodeRecord {
  const random = new Seeded(`record ${pack.id}`);
  return {
    id: pack.id,
    name: pack.name,
    author: random.chance(0.3) ? "" : pack.author,
    description: pack.description,
    repository: random.chance(0.03) ? `${pack.repository}.git` : pack.repository,
    license: random.pick(["{}", '{"file":"LICENSE"}', '{"text":"MIT License"}', "MIT", ""]),
    icon: "",
    banner_url: "",
    category: "",
    tags: random.chance(0.1) ? ["image", "video"] : random.chance(0.5) ? [] : null,
    supported_os: null,
    supported_accelerators: random.chance(0.1) ? ["GPU :: NVIDIA CUDA"] : null,
    supported_comfyui_version: "",
    downloads,
    github_stars: pack.stars,
    rating: 0,
    search_ranking: hashText(pack.id) % 6_000,
    preempted_comfy_node_names: null,
    status,
    status_detail: status === "NodeStatusBanned" ? "Banned by an administrator" : "",
    created_at: timestamp(releases[0]!.time - 3_600_000, pack.id),
    publisher: {
      id: pack.author.toLowerCase(),
      name: pack.author,
      status: "PublisherStatusActive",
    },
  };
}

/**
 * Makes the record of a version.
 *
 * @param about `key`: text unique to the version; `day`: how many days have passed, for statuses that change.
 */
export function versionRecord(
  { pack }: PackagePlan,
  { version, time, extract }: Release,
  { key, day }: { readonly key: string; readonly day: number },
): VersionRecord {
  const random = new Seeded(key);
  const publisher = pack.author.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-");
  return {
    id: uuid(key),
    node_id: pack.id,
    version,
    createdAt: timestamp(time, key),
    changelog: random.chance(0.2) ? `- Fixes of ${version}\n- "Quoted" text` : "",
    dependencies: dependencies(pack.id, version),
    downloadUrl: `${archiveHost}${publisher}/${pack.id}/${version}/node.zip`,
    deprecated: random.chance(0.04),
    status: statusOn(day, key, random.next()),
    status_reason: "",
    tags: null,
    supported_os: random.chance(0.1) ? ["OS Independent"] : null,
    supported_accelerators: null,
    supported_comfyui_version: random.chance(0.1) ? ">=0.3.0" : "",
    comfy_node_extract_status: extract,
  };
}

/** On each day 1 of 2,000 versions changes its status. */
function statusOn(day: number, key: string, draw: number): string {
  for (let passed = day; passed > 0; passed--) {
    if (chanceOf(`${key} status ${passed}`) < 0.0005) {
      return `NodeVersionStatus${passed % 2 === 1 ? "Flagged" : "Active"}`;
    }
  }
  if (draw < 0.9) return "NodeVersionStatusActive";
  if (draw < 0.96) return "NodeVersionStatusFlagged";
  return `NodeVersionStatus${draw < 0.98 ? "Pending" : draw < 0.99 ? "Banned" : "Deleted"}`;
}

/** The same lines for all versions of one major and minor number. */
function dependencies(id: string, version: string): readonly string[] {
  const random = new Seeded(`${id} ${version.split(".").slice(0, 2).join(".")}`);
  const start = random.between(0, requirements.length - 1);
  const count = random.chance(0.4) ? 0 : random.between(1, 5);
  return [...requirements, ...requirements].slice(start, start + count);
}

/** RFC 3339 with 0 to 9 fractional digits, six most often. */
function timestamp(time: number, key: string): string {
  const draw = hashText(`digits ${key}`);
  const digits = draw % 10 < 6 ? 6 : draw % 10 < 8 ? 0 : Math.floor(draw / 10) % 10;
  const fraction = String(hashText(`fraction ${key}`)).padStart(9, "0").slice(0, digits);
  const whole = new Date(time).toISOString().slice(0, 19);
  return digits === 0 ? `${whole}Z` : `${whole}.${fraction}Z`;
}

function uuid(key: string): string {
  const hex = [0, 1, 2, 3].map((part) => hashText(`${part} ${key}`).toString(16).padStart(8, "0"));
  return hex.join("").replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}
