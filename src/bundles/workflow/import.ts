import { dirname, join } from "node:path";
import {
  applyManifest,
  changeEnvironment,
  commitChanges,
  type EnvironmentWorld,
  hasRepository,
  readEnvironmentState,
} from "../../environment/mod.ts";
import { importWorkflow } from "../../environment/workflows/mod.ts";
import { hashTree, obtainRecorded } from "../../nodes/mod.ts";
import type { ManifestNode } from "../../pyproject/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { workflowName } from "../../workflows/mod.ts";
import { invalidBundle } from "../faults.ts";
import { findPresentModels, importModels } from "../import_models.ts";
import type { BundleSource } from "../types.ts";
import { planWorkflowImport, type WorkflowImportPlan } from "./plan_import.ts";

/** What an import of one workflow came to. */
export interface WorkflowImportReport extends Pick<WorkflowImportPlan, "models" | "notes"> {
  readonly name: string;
  /** Absolute path of ComfyUI's copy. */
  readonly path: string;
  /** Packs that came in, by id. */
  readonly nodes: readonly string[];
  /** Keys of the models that were unpacked, and of those that are not here yet. */
  readonly unpacked: readonly string[];
  readonly missing: readonly string[];
  readonly commit?: string;
}

const COMMAND = "workflow import";

/**
 * Brings a workflow with its packs and models into an environment; all of it or nothing, save model files that came whole.
 *
 * @throws `WORKFLOW_EXISTS`, `WORKFLOW_NAME_INVALID`, `BUNDLE_INVALID`, `BUNDLE_MODEL_DIFFERS`, `PACKAGE_CONFLICT`, and
 * what else getting packs and uv throw
 */
export async function importWorkflowBundle(
  world: EnvironmentWorld,
  source: BundleSource,
  { as, dryRun }: { readonly as?: string; readonly dryRun: boolean },
): Promise<WorkflowImportReport> {
  const { content, named } = source;
  const before = await readEnvironmentState(world);
  const planned = planWorkflowImport(content, before, named, as);
  const text = new TextDecoder().decode(planned.bytes);
  const name = workflowName(planned.workflow.file);
  // Another workflow under that name is told before large files are read.
  const { path } = await importWorkflow(world, { name, text, dryRun: true });
  const present = await findPresentModels(world, content, named);
  const report = {
    name,
    path,
    nodes: planned.nodes.map(({ id }) => id),
    models: planned.models,
    notes: planned.notes,
    unpacked: [...content.models.keys()].filter((key) => !present.has(key)),
    missing: planned.models.filter((key) => !present.has(key) && !content.models.has(key)),
  };
  if (dryRun) return report;
  const unpacked = await importModels(world, source, present);
  return await changeEnvironment(world, { command: COMMAND }, async (transaction) => {
    const state = await readEnvironmentState(world);
    const plan = planWorkflowImport(content, state, named, as);
    const { workflow, manifestText } = plan;
    await keepPacked(world, transaction, source, plan.nodes);
    await applyManifest(world, transaction, {
      before: state,
      manifestText,
      command: COMMAND,
      follow: true,
      async prepare() {
        const tracked = join(world.environment.cec, ...workflow.file.split("/"));
        for (const place of [tracked, path]) {
          await Deno.mkdir(dirname(place), { recursive: true });
          await transaction.writeFile(place, plan.bytes);
        }
        world.checkpoints.reach("environment:workflow-imported");
      },
    });
    const files = ["pyproject.toml", "uv.lock", workflow.file];
    const commit = await hasRepository(world.environment.cec)
      ? await commitChanges(world, transaction, `Import ${name}`, files)
      : undefined;
    return { ...report, unpacked, commit };
  });
}

/** Puts the packs that came along into the store, where they are found when they are placed. */
async function keepPacked(
  world: EnvironmentWorld,
  transaction: Transaction,
  { unpackNodes, named }: BundleSource,
  nodes: readonly ManifestNode[],
): Promise<void> {
  if (nodes.length === 0) return;
  const paths = await unpackNodes(await transaction.stagePath());
  for (const node of nodes) {
    const path = paths.get(node.id);
    if (path === undefined) continue;
    const { treeSha256 } = node;
    if (treeSha256 === undefined || (await hashTree(path)) !== treeSha256) {
      throw invalidBundle(named, `the files of the node pack ${node.id} are not those it names`);
    }
    await obtainRecorded(world, { ...node, source: "local" }, path);
  }
}
