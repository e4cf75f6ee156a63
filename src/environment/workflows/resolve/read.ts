import type { Manifest } from "../../../pyproject/mod.ts";
import {
  analyzeWorkflow,
  baseName,
  type ModelKnowledge,
  openWorkflow,
  placeBelow,
  planResolution,
  readLoaderTable,
  type ResolvedModel,
  resolveModels,
  resolveNodes,
} from "../../../workflows/mod.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { readNodeKnowledge } from "../knowledge.ts";
import { withModelKnowledge } from "./local_models.ts";
import type { ResolveRequest, WorkflowResolution } from "./types.ts";

/**
 * Finds out what a workflow needs, who provides it, and what has to be done; changes nothing.
 *
 * @throws `WORKFLOW_INVALID`, `WORKFLOW_NOT_EMBEDDED`, `FILE_NOT_FOUND`
 */
export async function readResolution(
  world: EnvironmentWorld,
  manifest: Manifest,
  { path, answers, index }: Pick<ResolveRequest, "path" | "answers" | "index">,
): Promise<WorkflowResolution> {
  const { text, workflow } = openWorkflow(path);
  const needs = analyzeWorkflow(workflow, await readLoaderTable());
  const knowledge = await readNodeKnowledge(world, manifest, index);
  const nodes = resolveNodes(needs.nodes, {
    ...knowledge,
    choices: {
      ...knowledge.choices,
      nodes: { ...knowledge.choices.nodes, ...Object.fromEntries(answers.packs) },
    },
  });
  const models = await withModelKnowledge(
    world,
    manifest,
    (known) =>
      Promise.resolve(
        resolveModels(needs.models, needs.links, known)
          .flatMap((model) => withAnswer(model, answers, known)),
      ),
  );
  return { path, text, workflow, nodes, models, plan: planResolution(nodes, models) };
}

/** What people said counts where the file is not here: a source to fetch it from, or another file that is here. */
function withAnswer(
  model: ResolvedModel,
  { models }: ResolveRequest["answers"],
  { local, separator }: ModelKnowledge,
): readonly ResolvedModel[] {
  const { value, folders } = model.reference;
  const answer = models.get(value) ?? models.get(baseName(value));
  if (answer === false) return [];
  if (answer === undefined || model.outcome === "local") return [model];
  const wanted = answer.replaceAll("\\", "/");
  const file = local.named(baseName(wanted)).find(({ path, location }) =>
    path === wanted || location?.replaceAll("\\", "/").endsWith(`/${wanted}`)
  );
  if (file) {
    const isPlaced = file.folder !== undefined &&
      (folders.length === 0 || folders.includes(file.folder));
    return isPlaced
      ? [{ ...model, outcome: "moved", file, value: file.path.replaceAll("/", separator) }]
      : [{ ...model, outcome: "misplaced", file }];
  }
  const offer = {
    url: answer,
    folder: folders[0] ?? "checkpoints",
    name: placeBelow(value),
    evidence: "manifest_source" as const,
  };
  return [{ ...model, outcome: "downloadable", offers: [offer] }];
}
