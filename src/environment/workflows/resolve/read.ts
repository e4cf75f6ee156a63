import type { Manifest } from "../../../pyproject/mod.ts";
import {
  analyzeWorkflow,
  openWorkflow,
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
  const found = await withModelKnowledge(
    world,
    manifest,
    (models) => Promise.resolve(resolveModels(needs.models, needs.links, models)),
  );
  const models = found.flatMap((model) => withAnswer(model, answers));
  return { path, text, workflow, nodes, models, plan: planResolution(nodes, models) };
}

function withAnswer(
  model: ResolvedModel,
  { models }: ResolveRequest["answers"],
): readonly ResolvedModel[] {
  const { value, folders } = model.reference;
  const name = value.replaceAll("\\", "/").split("/").at(-1)!;
  const answer = models.get(value) ?? models.get(name);
  if (answer === false) return [];
  if (answer === undefined) return [model];
  const local = model.candidates.find(({ path }) => path === answer);
  if (local) return [{ ...model, outcome: "moved", file: local, value: local.path }];
  const offer = {
    url: answer,
    folder: folders[0] ?? "checkpoints",
    name,
    evidence: "manifest_source" as const,
  };
  return [{ ...model, outcome: "downloadable", offers: [offer] }];
}
