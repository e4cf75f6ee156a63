import { resolve } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { exportContainer } from "../../bundles/container/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { ExportData } from "./export_data.ts";
import type { exportOptions } from "./options.ts";

/** Writes the files of a container. */
export async function runContainer(
  { args: [file], options, dryRun }: InputOf<typeof exportOptions>,
  context: CommandContext,
): Promise<Outcome<ExportData>> {
  const { container, baseImage, withNodes, allNodes } = options;
  if (file !== undefined || options.withModels || options.offlinePackages) throw excluded();
  const directory = resolve(container ?? "");
  const { world } = await commandEnvironment(context);
  const plan = await exportContainer(world, {
    directory,
    nodes: allNodes ? "all" : withNodes ? "own" : "none",
    baseImage,
    dryRun,
  });
  return {
    data: {
      dry_run: dryRun,
      name: plan.name,
      file: directory,
      size: null,
      files: plan.files.length,
      bytes: plan.files.reduce((sum, { size }) => sum + size, 0),
      nodes: plan.packed,
      models: [],
      wheels: [],
      builds: [],
      notes: plan.notes,
      container: {
        base: plan.base.image,
        gpu: plan.base.gpu,
        fetched_nodes: plan.fetched,
        fetched_models: plan.models,
      },
    },
  };
}

function excluded(): ComfydockError {
  return new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    "Cannot write a bundle and a container at once: --container excludes FILE, --with-models and " +
      "--offline-packages",
    { hint: "Give --container alone; models are mounted, or fetched when the container starts" },
  );
}
