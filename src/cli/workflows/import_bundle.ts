import { openSource, readReference } from "../../bundles/mod.ts";
import { importWorkflowBundle } from "../../bundles/workflow/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext } from "../types.ts";
import type { ImportedBundleData } from "./bundle_data.ts";

/** Brings in a workflow with the packs and models of its bundle. */
export async function importBundle(
  context: CommandContext,
  text: string,
  request: { readonly as?: string; readonly dryRun: boolean },
): Promise<{
  readonly name: string;
  readonly path: string;
  readonly commit: string | null;
  readonly bundle: ImportedBundleData;
}> {
  const { world } = await commandEnvironment(context);
  await using source = await openSource(world, await readReference(text, Deno.cwd()));
  const { name, path, commit = null, ...bundle } = await importWorkflowBundle(
    world,
    source,
    request,
  );
  return { name, path, commit, bundle };
}
