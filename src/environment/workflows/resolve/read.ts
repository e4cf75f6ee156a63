import { basename, isAbsolute } from "node:path";
import { ComfydockError } from "../../../base/mod.ts";
import { hashFile } from "../../../models/mod.ts";
import type { Manifest } from "../../../pyproject/mod.ts";
import {
  analyzeWorkflow,
  baseName,
  type LocalModel,
  type ModelKnowledge,
  type ModelOffer,
  openWorkflow,
  placeBelow,
  planResolution,
  readLoaderTable,
  readWorkflow,
  type ResolvedModel,
  resolveModels,
  resolveNodes,
} from "../../../workflows/mod.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { workflowChangeErrors } from "../errors.ts";
import { readNeedlessModels } from "../choices.ts";
import { readNodeKnowledge } from "../knowledge.ts";
import { withModelKnowledge } from "./local_models.ts";
import type { ResolveRequest, WorkflowResolution } from "./types.ts";

/** A workflow in question. */
export interface WorkflowResolutionRequest
  extends Pick<ResolveRequest, "path" | "answers" | "index"> {
  /** Its JSON; by default what the file says. */
  readonly text?: string;
}

/**
 * Finds out what a workflow needs, who provides it, and what has to be done; changes nothing.
 *
 * @throws `WORKFLOW_INVALID`, `WORKFLOW_NOT_EMBEDDED`, `WORKFLOW_ANSWER_INVALID`, `FILE_NOT_FOUND`
 */
export async function readResolution(
  world: EnvironmentWorld,
  manifest: Manifest,
  { path, answers, index, text: given }: WorkflowResolutionRequest,
): Promise<WorkflowResolution> {
  const { text, workflow } = given === undefined
    ? openWorkflow(path)
    : { text: given, workflow: readWorkflow(given, path) };
  const needs = analyzeWorkflow(workflow, await readLoaderTable());
  const knowledge = await readNodeKnowledge(world, manifest, index);
  const nodes = resolveNodes(needs.nodes, {
    ...knowledge,
    choices: {
      ...knowledge.choices,
      nodes: { ...knowledge.choices.nodes, ...Object.fromEntries(answers.packs) },
    },
  });
  const needless = [...readNeedlessModels(manifest)].map((name) => [name, false] as const);
  const decided = { models: new Map<string, string | false>([...needless, ...answers.models]) };
  const models = await withModelKnowledge(
    world,
    manifest,
    async (known) => {
      const found = resolveModels(needs.models, needs.links, known);
      const answered = found.map((model) => withAnswer(model, decided, known));
      return (await Promise.all(answered)).flat();
    },
  );
  return { path, text, workflow, nodes, models, plan: planResolution(nodes, models) };
}

/** What people said counts where the file is not here: a source to fetch it from, or another file of this machine. */
async function withAnswer(
  model: ResolvedModel,
  { models }: Pick<ResolveRequest["answers"], "models">,
  { local, separator }: ModelKnowledge,
): Promise<readonly ResolvedModel[]> {
  const { value, folders } = model.reference;
  const answer = models.get(value) ?? models.get(baseName(value));
  if (answer === false) return [];
  if (answer === undefined || model.outcome === "local") return [model];
  if (/^(https?|hf|huggingface|civitai|urn|air):/i.test(answer)) {
    return [{ ...model, outcome: "downloadable", offers: [offerOf(answer, model)] }];
  }
  const wanted = answer.replaceAll("\\", "/");
  const file =
    local.named(baseName(wanted)).find(({ path, location }) =>
      path === wanted || location?.replaceAll("\\", "/").endsWith(`/${wanted.replace(/^\/+/, "")}`)
    ) ?? await fileAt(answer);
  if (!file) throw noSuchFile(answer, value);
  const isPlaced = file.folder !== undefined &&
    (folders.length === 0 || folders.includes(file.folder));
  return isPlaced
    ? [{ ...model, outcome: "moved", file, value: file.path.replaceAll("/", separator) }]
    : [{ ...model, outcome: "misplaced", file }];
}

function offerOf(url: string, { reference: { folders, value } }: ResolvedModel): ModelOffer {
  const folder = folders[0] ?? "checkpoints";
  return { url, folder, name: placeBelow(value), evidence: "manifest_source" };
}

/** A file that no scan has found. */
async function fileAt(path: string): Promise<LocalModel | undefined> {
  const info = isAbsolute(path) ? await Deno.stat(path).catch(() => undefined) : undefined;
  if (!info?.isFile) return undefined;
  const { blake3 } = await hashFile(path);
  return { path: basename(path), blake3, size: info.size, location: path };
}

function noSuchFile(answer: string, model: string): ComfydockError {
  return new ComfydockError(
    workflowChangeErrors.WORKFLOW_ANSWER_INVALID,
    `Cannot take "${answer}" for the model "${model}": it is no address, and no file of that name is here`,
    {
      hint: `Say --model "${model}=SOURCE" with a URL, hf:…, civitai:…, or the path of a file`,
      details: { answer, model },
    },
  );
}
