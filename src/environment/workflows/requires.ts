import { type Manifest, nodeGroupName, type WorkflowRequirements } from "../../pyproject/mod.ts";
// Through the inner doors: nothing here opens pictures, draws or compares, and commands start sooner without that.
import { analyzeWorkflow, baseName } from "../../workflows/dependencies/mod.ts";
import type { LoaderTable, NodeKnowledge, Workflow } from "../../workflows/mod.ts";
import { resolveNodes } from "../../workflows/resolution/mod.ts";

/**
 * Tells what the manifest notes as a workflow's needs: packs by their ids, models by their keys, or by file name where the
 * manifest has none, and what those packs ask of Python.
 */
export function requirementsOf(
  workflow: Workflow,
  { models, groups }: Pick<Manifest, "models" | "groups">,
  knowledge: NodeKnowledge,
  table: LoaderTable,
): WorkflowRequirements {
  const needs = analyzeWorkflow(workflow, table);
  const packs = resolveNodes(needs.nodes, knowledge).flatMap(({ outcome, chosen }) => {
    if (outcome !== "installed" && outcome !== "disabled" && outcome !== "available") return [];
    return chosen?.installed ?? chosen?.packageId ?? chosen?.repository ?? [];
  });
  const keys = new Map(
    Object.values(models).map(({ key, name, localPath }) => [baseName(localPath ?? name), key]),
  );
  const files = needs.models.map(({ value }) => baseName(value));
  return {
    nodes: sorted(packs),
    models: sorted(files.map((name) => keys.get(name) ?? name)),
    python: sorted(
      packs.flatMap((id) => groups[nodeGroupName(id)] ?? []).filter((item) =>
        typeof item === "string"
      ),
    ),
  };
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
