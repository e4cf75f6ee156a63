import type { WorkflowNode } from "../graph/mod.ts";
import type { EmbeddedModel } from "./types.ts";

const MAX_MODELS = 100;

/** Reads `properties.models`, in which the editor keeps where a node's models come from; broken entries are passed over. */
export function readEmbedded({ properties, path }: WorkflowNode): readonly EmbeddedModel[] {
  if (!Array.isArray(properties.models)) return [];
  return properties.models.slice(0, MAX_MODELS).flatMap((model: unknown, index) => {
    if (typeof model !== "object" || model === null) return [];
    const { name, url, directory, hash, hash_type } = model as Record<string, unknown>;
    if (typeof name !== "string" || name === "") return [];
    return [{
      name,
      url: textOrNothing(url),
      directory: textOrNothing(directory),
      hash: textOrNothing(hash),
      hashType: textOrNothing(hash_type),
      path: [...path, "properties", "models", index],
    }];
  });
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
