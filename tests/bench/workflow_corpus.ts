import { readBuiltinClasses } from "../../src/comfyui/mod.ts";
import {
  buildKnownModels,
  type KnownModel,
  type ModelFolders,
  readKnownModels,
  readModelFolders,
} from "../../src/models/mod.ts";
import type { NodeIndex } from "../../src/nodes/mod.ts";
import type { LocalModels, ModelKnowledge } from "../../src/workflows/mod.ts";

/** The classes that ComfyUI brings: those of the working copy that `COMFYDOCK_TEST_COMFYUI` names, else what the index says. */
export async function comfyuiClasses(
  index: Pick<NodeIndex, "lookup">,
  types: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const source = Deno.env.get("COMFYDOCK_TEST_COMFYUI");
  if (source !== undefined) return await readBuiltinClasses(source);
  return new Set([...types].filter((type) => index.lookup(type)[0]?.evidence === "builtin"));
}

/** No model is here, so that only what can be fetched counts. */
const NOTHING_HERE: LocalModels = { byHash: () => [], named: () => [], close: () => [] };

/** What is known of models when the known list is as `known` says and nothing is here. */
export function modelKnowledge(
  folders: ModelFolders,
  known: ModelKnowledge["known"],
): ModelKnowledge {
  return {
    local: NOTHING_HERE,
    manifest: [],
    known,
    folder: (name) => folders.canonical(name),
    separator: "/",
  };
}

/** The known list as it would be without one of the templates: what ComfyUI-Manager names, and all other templates. */
export async function knownWithout(
  templates: ReadonlyMap<string, unknown>,
): Promise<(template: string) => ModelKnowledge> {
  const folders = await readModelFolders();
  // Templates tell neither base model nor size, so an entry that has one is Manager's, too.
  const managers = (await readKnownModels())
    .filter(({ template, base, size }) => !template || base !== undefined || size !== undefined)
    .map((model) => ({ model, from: "" }));
  const named = [...templates].flatMap(([from, json]) =>
    buildKnownModels({ models: [] }, [json], folders).map((model) => ({ model, from }))
  );
  const all = Map.groupBy([...managers, ...named], ({ model }) => model.name.toLowerCase());
  return (template) =>
    modelKnowledge(folders, (name): readonly KnownModel[] =>
      (all.get(name.toLowerCase()) ?? [])
        .filter(({ from }) => from !== template).map(({ model }) => model));
}

/** A workflow without any `properties.models`. */
export function withoutEmbedded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmbedded);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([key, field]) =>
    key !== "models" || !Array.isArray(field)
  );
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutEmbedded(field)]));
}
