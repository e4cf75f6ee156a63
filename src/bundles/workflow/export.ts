import { ComfydockError } from "../../base/mod.ts";
import {
  type EnvironmentState,
  type EnvironmentWorld,
  readEnvironmentState,
} from "../../environment/mod.ts";
import {
  editManifest,
  type Manifest,
  nodeGroupName,
  readManifest,
  setEnvironmentFacts,
  setGroup,
  setModel,
  setNode,
  setTrackedWorkflow,
  type TrackedWorkflow,
} from "../../pyproject/mod.ts";
import { bundleErrors } from "../errors.ts";
import { readExportFacts } from "../export_facts.ts";
import type { ExportChoice, ExportPlan } from "../export_types.ts";
import { planExport } from "../plan_export.ts";
import { refuseEnding, writeBundle } from "../write_bundle.ts";

/** What an export of one workflow is asked for. */
export interface WorkflowExportRequest extends Pick<ExportChoice, "nodes" | "models"> {
  /** Key or file of a tracked workflow. */
  readonly workflow: string;
  /** Absolute path of the bundle. */
  readonly file: string;
  readonly dryRun: boolean;
}

/** What an export of one workflow came to. */
export interface WorkflowExportReport extends Pick<ExportPlan, "name" | "notes"> {
  readonly file: string;
  /** Bytes of the bundle; absent in a dry run. */
  readonly size?: number;
  /** What the bundle says of packs and models, and which of them come along, by id and key. */
  readonly nodes: readonly string[];
  readonly models: readonly string[];
  readonly packedNodes: readonly string[];
  readonly packedModels: readonly string[];
}

/**
 * Packs a tracked workflow into one file, with all that the manifest says of what it needs.
 *
 * @throws `BUNDLE_INCOMPLETE` for a workflow that is not tracked, and what exports of environments throw
 */
export async function exportWorkflow(
  world: EnvironmentWorld,
  { workflow: named, file, dryRun, ...choice }: WorkflowExportRequest,
): Promise<WorkflowExportReport> {
  refuseEnding(file);
  const { manifest } = await readEnvironmentState(world);
  const workflow = findTracked(manifest, named);
  const part = partOf(manifest, workflow);
  const plan = planExport(await readExportFacts(world, part, choice, { workflow }), choice);
  const missing = workflow.requires.nodes.filter((id) => !part.manifest.nodes[id]).map((id) =>
    manifest.nodes[id]
      ? `The node pack ${id} is in development and does not come along`
      : `The manifest does not say where the node pack ${id} comes from`
  );
  const report = {
    name: plan.name,
    file,
    nodes: Object.keys(part.manifest.nodes).sort(),
    models: Object.keys(part.manifest.models).sort(),
    packedNodes: plan.nodes,
    packedModels: plan.models,
    notes: [...plan.notes, ...missing],
  };
  if (dryRun) return report;
  const bundle = { kind: "workflow", name: plan.name, file, files: plan.files } as const;
  return { ...report, size: await writeBundle(world, bundle) };
}

function findTracked({ workflows }: Manifest, named: string): TrackedWorkflow {
  const file = `workflows/${named.replace(/\.json$/, "")}.json`;
  const found = Object.values(workflows).find((one) => one.key === named || one.file === file);
  if (found) return found;
  throw new ComfydockError(
    bundleErrors.BUNDLE_INCOMPLETE,
    `Cannot export the workflow "${named}" with what it needs: it is not tracked`,
    { hint: `Run comfydock workflow track ${named} first`, details: { workflow: named } },
  );
}

/** A manifest of nothing but one workflow and its needs. */
function partOf(manifest: Manifest, workflow: TrackedWorkflow): EnvironmentState {
  const { environment, project, nodes, models, groups } = manifest;
  const { comfyuiVersion, comfyuiRefType, comfyuiCommit, pythonVersion } = environment;
  // What changes any time has no version that could be had again.
  const wanted = workflow.requires.nodes.flatMap((id) => nodes[id] ?? [])
    .filter(({ source }) => source !== "development");
  const text = editManifest(
    `[project]\nname = "workflow"\nversion = "0"\ndependencies = []\n`,
    [
      (tables) => ({
        ...tables,
        project: {
          ...tables.project as typeof tables,
          "requires-python": project.requiresPython,
        },
        tool: { comfydock: { version: manifest.schema } },
      }),
      setEnvironmentFacts({ comfyuiVersion, comfyuiRefType, comfyuiCommit, pythonVersion }),
      ...wanted.map(setNode),
      ...wanted.flatMap(({ id }) => {
        const group = groups[nodeGroupName(id)];
        return group ? [setGroup(nodeGroupName(id), group)] : [];
      }),
      ...workflow.requires.models.flatMap((key) => models[key] ? [setModel(models[key])] : []),
      setTrackedWorkflow(workflow),
    ],
    "pyproject.toml",
  );
  return { manifestText: text, manifest: readManifest(text, "pyproject.toml") };
}
