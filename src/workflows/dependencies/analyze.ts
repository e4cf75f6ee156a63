import type { Workflow } from "../graph/mod.ts";
import type { LoaderTable } from "./loader_table.ts";
import { readModelReferences } from "./models.ts";
import { readNodeNeeds } from "./nodes.ts";
import { readNoteLinks } from "./note_links.ts";
import { placeOf } from "./places.ts";
import type { FileReference, WorkflowDependencies } from "./types.ts";

/**
 * Finds out what a workflow needs; nothing is asked but its own text.
 *
 * @param table Which widgets name files, see {@linkcode readLoaderTable}.
 */
export function analyzeWorkflow(workflow: Workflow, table: LoaderTable): WorkflowDependencies {
  return {
    nodes: readNodeNeeds(workflow.nodes),
    models: readModelReferences(workflow, table),
    inputs: readInputFiles(workflow, table),
    links: readNoteLinks(workflow.nodes),
  };
}

function readInputFiles(
  { nodes }: Workflow,
  table: LoaderTable,
): readonly FileReference[] {
  return nodes.flatMap((node) =>
    (table.inputs.get(node.type) ?? []).flatMap(({ widget, index }) => {
      const found = node.widgets.find(({ key }) => key === widget || key === index);
      if (typeof found?.value !== "string" || found.value === "") return [];
      return [{ value: found.value, place: placeOf(node), path: found.path }];
    })
  );
}
