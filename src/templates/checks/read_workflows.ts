import { mapConcurrent, sha256OfText } from "../../base/mod.ts";
import { readLoaderTable } from "../../workflows/mod.ts";
import { type Digests, type FileFacts, READS_AT_ONCE } from "../digests/mod.ts";
import { finding } from "../findings/mod.ts";
import {
  isRecord,
  type JsonDocument,
  readJsonDocument,
  type RepositoryFiles,
} from "../repository/mod.ts";
import { shippedCheck } from "../schemas/mod.ts";
import type { TemplateRepository } from "../types.ts";
import type { CheckedWorkflow } from "./types.ts";
import type { Whitelist } from "./whitelist.ts";
import { readWorkflowFacts, type WorkflowRules } from "./workflow/read.ts";
import type { WorkflowFacts } from "./workflow/types.ts";

/** What is asked of the reader of workflows. */
export interface WorkflowRequest {
  readonly repository: TemplateRepository;
  readonly digests: Digests;
  readonly whitelist: Whitelist;
  /** Files below the directory of templates, by their name there. */
  readonly files: ReadonlyMap<string, FileFacts>;
  /** Ids that are of workflows whatever their file holds. */
  readonly ids: ReadonlySet<string>;
}

/** Reads every workflow of a repository; of those that did not change, what is known is recalled. */
export async function readWorkflows(
  { repository, digests, whitelist, files, ids }: WorkflowRequest,
): Promise<ReadonlyMap<string, CheckedWorkflow>> {
  const { templatesDir } = repository.config;
  const readOne = workflowReader(whitelist);
  const rulesKey = sha256OfText([...whitelist.ignoredNodes].sort().join("\n")).slice(0, 8);
  const names = [...files.keys()].filter((name) => /^[^/]+\.json$/.test(name));
  const read = async (name: string): Promise<CheckedWorkflow | undefined> => {
    const id = name.slice(0, -".json".length);
    const path = `${templatesDir}/${name}`;
    const key = `workflow ${rulesKey} ${files.get(name)?.sha256} ${path}`;
    let facts = digests.recall(key) as WorkflowFacts | "no workflow" | undefined;
    if (facts === undefined) {
      facts = await readOne(repository.files, path);
      digests.remember(key, facts);
    }
    // Lists such as `fuse_options.json` lie beside the workflows.
    if (facts === "no workflow") return ids.has(id) ? notOne(id, path) : undefined;
    return { id, path, ...facts };
  };
  const workflows = new Map<string, CheckedWorkflow>();
  for await (const one of mapConcurrent(names, read, READS_AT_ONCE)) {
    if (one) workflows.set(one.id, one);
  }
  return workflows;
}

type LazyRules = (version: number | undefined) => Promise<WorkflowRules>;

/** Rules whose tables are read when the first workflow asks for them. */
function lazyRules({ ignoredNodes: ignored }: Pick<Whitelist, "ignoredNodes">): LazyRules {
  let loaders: ReturnType<typeof readLoaderTable> | undefined;
  return async (version) => {
    loaders ??= readLoaderTable();
    const check = await shippedCheck(version === 1 ? "workflow-1" : "workflow");
    return { loaders: await loaders, ignored, schema: () => check };
  };
}

/** Reads the facts of one workflow; a file of JSON may hold none. */
export type WorkflowReader = (
  files: RepositoryFiles,
  path: string,
) => Promise<WorkflowFacts | "no workflow">;

/** A reader of workflows; what is the same for all of them it reads once. */
export function workflowReader(whitelist: Pick<Whitelist, "ignoredNodes">): WorkflowReader {
  const rules = lazyRules(whitelist);
  return (files, path) => factsOf(files, path, rules);
}

async function factsOf(
  files: RepositoryFiles,
  path: string,
  rules: LazyRules,
): Promise<WorkflowFacts | "no workflow"> {
  const { value: document, findings } = await readJsonDocument(files, path);
  if (!document) {
    const faults = findings.map(({ line, message }) => {
      const { file: _, ...fault } = finding("E_WORKFLOW_INVALID", { file: path, line }, message, {
        hint: "Correct the JSON, or save the workflow again in ComfyUI",
      });
      return fault;
    });
    return { ...NOTHING, faults };
  }
  if (!looksLikeWorkflow(document)) return "no workflow";
  const version = isRecord(document.value) ? document.value.version : undefined;
  return readWorkflowFacts(
    document,
    await rules(typeof version === "number" ? version : undefined),
  );
}

const NOTHING: WorkflowFacts = {
  bytes: 0,
  nodes: 0,
  classes: [],
  linear: false,
  packs: [],
  inputs: [],
  models: [],
  addresses: [],
  faults: [],
};

function looksLikeWorkflow({ value }: JsonDocument): boolean {
  if (!isRecord(value)) return false;
  return "nodes" in value || "last_node_id" in value ||
    Object.values(value).some((node) => isRecord(node) && "class_type" in node);
}

function notOne(id: string, path: string): CheckedWorkflow {
  const message = `"${path}" holds no workflow`;
  const { file: _, ...fault } = finding("E_WORKFLOW_INVALID", { file: path }, message);
  return { ...NOTHING, id, path, faults: [fault] };
}
