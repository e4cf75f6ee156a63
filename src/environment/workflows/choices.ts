import {
  invalidData,
  type JsonRecord,
  optional,
  readList,
  readRecord,
  readText,
} from "../../base/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import type { NodeChoices } from "../../workflows/mod.ts";

/**
 * Reads what people decided about packs: `[tool.comfydock.resolution]` with `prefer`, `deny`, and `nodes`, which gives a
 * class its pack, or `false` where a workflow can do without.
 *
 * @throws `DATA_INVALID`
 */
export function readChoices({ tables }: Pick<Manifest, "tables">): NodeChoices {
  const path = "tool.comfydock.resolution";
  const choices = readResolutionTable(tables);
  const nodes = Object.entries(optional(choices.nodes, `${path}.nodes`, readRecord) ?? {});
  return {
    nodes: Object.fromEntries(nodes.map(([type, choice]) => [type, readChoice(choice, path)])),
    prefer: readIds(choices.prefer, `${path}.prefer`),
    deny: readIds(choices.deny, `${path}.deny`),
  };
}

/**
 * Reads which models workflows can do without: those that `[tool.comfydock.resolution.models]` gives `false`.
 *
 * @returns Names as widgets have them, or file names.
 * @throws `DATA_INVALID`
 */
export function readNeedlessModels({ tables }: Pick<Manifest, "tables">): ReadonlySet<string> {
  const path = "tool.comfydock.resolution.models";
  const models = optional(readResolutionTable(tables).models, path, readRecord) ?? {};
  return new Set(
    Object.entries(models).map(([name, choice]) => {
      if (choice !== false) throw invalidData(`${path}.${name}`, "false", choice);
      return name;
    }),
  );
}

function readResolutionTable(tables: Manifest["tables"]): JsonRecord {
  const tool = optional(tables.tool, "tool", readRecord);
  const own = optional(tool?.comfydock, "tool.comfydock", readRecord);
  return optional(own?.resolution, "tool.comfydock.resolution", readRecord) ?? {};
}

function readChoice(value: unknown, path: string): string | false {
  if (value === false) return false;
  if (typeof value === "string") return value;
  throw invalidData(`${path}.nodes`, "the id of a pack, or false", value);
}

function readIds(value: unknown, path: string): readonly string[] {
  return (optional(value, path, readList) ?? []).map((id) => readText(id, path));
}
