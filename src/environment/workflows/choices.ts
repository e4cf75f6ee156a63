import { invalidData, optional, readList, readRecord, readText } from "../../base/mod.ts";
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
  const tool = optional(tables.tool, "tool", readRecord);
  const own = optional(tool?.comfydock, "tool.comfydock", readRecord);
  const choices = optional(own?.resolution, path, readRecord) ?? {};
  const nodes = Object.entries(optional(choices.nodes, `${path}.nodes`, readRecord) ?? {});
  return {
    nodes: Object.fromEntries(nodes.map(([type, choice]) => [type, readChoice(choice, path)])),
    prefer: readIds(choices.prefer, `${path}.prefer`),
    deny: readIds(choices.deny, `${path}.deny`),
  };
}

function readChoice(value: unknown, path: string): string | false {
  if (value === false) return false;
  if (typeof value === "string") return value;
  throw invalidData(`${path}.nodes`, "the id of a pack, or false", value);
}

function readIds(value: unknown, path: string): readonly string[] {
  return (optional(value, path, readList) ?? []).map((id) => readText(id, path));
}
