import type { FormatKnowledge } from "./knowledge.ts";

/** What a training tool wrote into `__metadata__`. */
export interface TrainingFacts {
  readonly architecture?: string;
  /** The most frequent first. */
  readonly tags?: readonly string[];
  /** In hex. */
  readonly hash?: string;
}

const MOST_TAGS = 50;
const LONGEST_TAG = 200;
const HASH = /^(?:0x)?([0-9a-f]{8,128})$/i;

/**
 * Reads the metadata of a safetensors file as kohya's scripts (`ss_…`, `sshs_…`) and ModelSpec (`modelspec.…`) write it.
 *
 * Fields: https://github.com/Stability-AI/ModelSpec
 *
 * @param metadata Names and texts.
 * @param knowledge How their names of architectures are called here.
 */
export function readTraining(
  metadata: ReadonlyMap<string, string>,
  { spellings }: FormatKnowledge,
): TrainingFacts {
  const said = metadata.get("modelspec.architecture") ?? metadata.get("ss_base_model_version");
  const hash = HASH.exec(
    metadata.get("sshs_model_hash") ?? metadata.get("modelspec.hash_sha256") ?? "",
  )?.[1];
  const tags = readTags(metadata.get("ss_tag_frequency"));
  return {
    architecture: spellings.find(({ pattern }) => said !== undefined && pattern.test(said))?.name,
    ...(tags.length > 0 && { tags }),
    ...(hash !== undefined && { hash: hash.toLowerCase() }),
  };
}

/** `{"<directory>": {"<tag>": <count>}}` as a text. */
function readTags(text: string | undefined): readonly string[] {
  const counts = new Map<string, number>();
  for (const directory of Object.values(parseObject(text))) {
    if (typeof directory !== "object" || directory === null) continue;
    for (const [tag, count] of Object.entries(directory)) {
      const name = tag.trim().slice(0, LONGEST_TAG);
      if (name && typeof count === "number") counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MOST_TAGS).map(([tag]) => tag);
}

function parseObject(text: string | undefined): object {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch (error) {
    // Some tools write something else here; the model is as good without it.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
