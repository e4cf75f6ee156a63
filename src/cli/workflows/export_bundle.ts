import { basename, resolve } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { exportWorkflow } from "../../bundles/workflow/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { WorkflowBundleData } from "./bundle_data.ts";
import type { exportOptions } from "./options.ts";

/** Packs a workflow with what it needs. */
export async function exportBundle(
  { args: [name = ""], options, dryRun }: InputOf<typeof exportOptions>,
  context: CommandContext,
): Promise<{ readonly output: string; readonly bundle: WorkflowBundleData }> {
  if (!options.withDeps) {
    throw new ComfydockError(
      cliErrors.OPTION_VALUE_INVALID,
      "Cannot pack files into a workflow: --with-nodes and --with-models belong to --with-deps",
      { hint: "Give --with-deps, too" },
    );
  }
  const { world } = await commandEnvironment(context);
  const plain = basename(name).replace(/\.json$/, "");
  const output = resolve(options.output ?? `${plain}.comfydock-workflow.tar.zst`);
  const { size = null, nodes, models, packedNodes, packedModels, notes } = await exportWorkflow(
    world,
    {
      workflow: name,
      file: output,
      nodes: options.withNodes ? "all" : "own",
      models: options.withModels,
      dryRun,
    },
  );
  return {
    output,
    bundle: {
      size,
      nodes,
      models,
      packed_nodes: packedNodes,
      packed_models: packedModels,
      notes,
    },
  };
}
