import { applyImport } from "../../bundles/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { openImport } from "../../session/imports/mod.ts";
import { readTorchIndex } from "../environment/torch_index.ts";
import { newCommandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import { type ImportData, toPlanData } from "./import_data.ts";
import { confirmImport, prepareAsking } from "./import_questions.ts";
import type { importOptions } from "./options.ts";

export { view } from "./import_view.ts";

/** Makes an environment from a bundle, a directory or a repository. */
export async function run(
  { args: [text = ""], options, dryRun }: InputOf<typeof importOptions>,
  context: CommandContext,
): Promise<Outcome<ImportData>> {
  const workspace = await openNamedWorkspace(context);
  const { name, strict, use, keepModels } = options;
  const wishes = { ...options, torchIndex: readTorchIndex(options.torchIndex) };
  const { world, source: opened, comfyui } = await openImport(context, workspace, text, wishes);
  await using source = opened;
  const weigh = dryRun || context.options.interactive;
  const given = { name, strict, use, keepModels, comfyui, weigh };
  const { prepared, request } = await prepareAsking(context, world, source, given);
  const { plan } = prepared;
  if (dryRun || !await confirmImport(context, plan)) {
    return { data: { dry_run: true, plan: toPlanData(plan), made: null } };
  }
  const target = await newCommandEnvironment(context, workspace, plan.name);
  const { environment, models, missing, shortfalls } = await applyImport(
    target.world,
    source,
    prepared,
    request,
  );
  const fetched = options.download && missing.length > 0
    ? await (await import("./fetch_models.ts")).fetchModels(context, target.world)
    : [];
  for (const shortfall of shortfalls) context.warn("BUNDLE_INEXACT", shortfall);
  const { path, comfyui: { commit: comfyuiCommit }, python, packages, commit, nodes } = environment;
  return {
    data: {
      dry_run: false,
      plan: toPlanData(plan),
      made: {
        path,
        comfyui_commit: comfyuiCommit,
        python,
        packages,
        commit,
        nodes: nodes.map(({ id, treeSha256 = null, state }) => ({
          id,
          tree_sha256: treeSha256,
          state,
        })),
        models,
        fetched_models: fetched,
        missing_models: missing.filter((key) => !fetched.includes(key)),
        shortfalls,
        active: environment.active,
      },
    },
  };
}
