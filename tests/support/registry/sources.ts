/**
 * Where the generator takes names, texts and class names from: ComfyUI-Manager's real data when it lies beside the
 * repository, made-up words otherwise.
 *
 * @module
 */
import type { PackSeed } from "./pack_seed.ts";
import { syntheticPacks } from "./words.ts";

/** `auto` takes Manager's data when present. */
export type PackSource = "auto" | "manager" | "synthetic";

/** Where Manager's data lies on the machines that have it. */
export const managerDirectory: URL = new URL(
  "../../../../shared/data/comfyui-manager/",
  import.meta.url,
);

/** All packs of a source in a fixed order. */
export async function readPacks(source: PackSource): Promise<readonly PackSeed[]> {
  if (source === "synthetic") return syntheticPacks(5_600);
  try {
    return await managerPacks();
  } catch (error) {
    if (source === "auto" && error instanceof Deno.errors.NotFound) return syntheticPacks(5_600);
    throw error;
  }
}

/** Manager's data files that the pipeline reads. */
export const managerFiles = [
  "custom-node-list.json",
  "extension-node-map.json",
  "github-stats.json",
] as const;

/** Reads one of Manager's files, packed as they are kept. */
export async function readManagerFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return await Deno.readFile(new URL(`${name}.gz`, managerDirectory));
}

type ExtensionMap = Readonly<
  Record<string, readonly [readonly string[], { readonly title_aux: string }]>
>;
type Stats = Readonly<Record<string, { readonly stars: number }>>;
interface NodeList {
  readonly custom_nodes: readonly {
    readonly id?: string;
    readonly reference: string;
    readonly author?: string;
    readonly description?: string;
  }[];
}

async function managerPacks(): Promise<readonly PackSeed[]> {
  const map: ExtensionMap = await readPacked("extension-node-map.json");
  const stats: Stats = await readPacked("github-stats.json");
  const list: NodeList = await readPacked("custom-node-list.json");
  const listed = new Map(list.custom_nodes.map((entry) => [entry.reference, entry]));
  const taken = new Set<string>();
  const packs: PackSeed[] = [];
  for (const [repository, [names, about]] of Object.entries(map)) {
    const [, owner = "", repo = ""] =
      /^https:\/\/github\.com\/([^/]+)\/([^/]+)$/.exec(repository) ??
        [];
    // ComfyUI itself stands in the map too, and is no package.
    if (names.length === 0 || repo === "" || repo === "ComfyUI") continue;
    const entry = listed.get(repository);
    const id = freeId(entry?.id ?? repo, owner, taken);
    if (!id) continue;
    packs.push({
      id,
      name: about.title_aux,
      author: entry?.author ?? owner,
      description: entry?.description ?? "",
      repository,
      stars: Math.max(0, stats[repository]?.stars ?? 0),
      classes: [...new Set(names)],
    });
  }
  return packs;
}

async function readPacked<Value>(name: string): Promise<Value> {
  const packed = new Blob([await readManagerFile(name)]).stream();
  const value: Value = await new Response(packed.pipeThrough(new DecompressionStream("gzip")))
    .json();
  return value;
}

/** Most ids are lower case, some keep their letters, as in the registry. */
function freeId(base: string, owner: string, taken: Set<string>): string | undefined {
  for (const candidate of [base, `${base}-${owner}`]) {
    const clean = candidate.replaceAll(/[^A-Za-z0-9._-]/g, "-").replaceAll(
      /^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g,
      "",
    );
    const lower = clean.toLowerCase();
    if (lower === "" || lower.length > 100 || taken.has(lower)) continue;
    taken.add(lower);
    return lower.length % 10 === 3 ? clean : lower;
  }
  return undefined;
}
