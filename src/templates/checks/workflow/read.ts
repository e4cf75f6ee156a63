import { isKind, sortTexts } from "../../../base/mod.ts";
import {
  analyzeWorkflow,
  type JsonPath,
  type LoaderTable,
  readWorkflow,
  workflowErrors,
} from "../../../workflows/mod.ts";
import { finding, type FindingCode } from "../../findings/mod.ts";
import { isRecord, type JsonDocument, placeIn } from "../../repository/mod.ts";
import type { SchemaCheck } from "../../schemas/mod.ts";
import { checkLastIds } from "./counters.ts";
import { checkLinks } from "./links.ts";
import { checkModels, checkNamedWidgets, readModels } from "./models.ts";
import { checkLinkTexts, readNoteAddresses } from "./notes.ts";
import type { Located, OpenWorkflow, UsedPack, WorkflowFacts, WorkflowFault } from "./types.ts";

/** What decides, besides its text, what is wrong with a workflow. */
export interface WorkflowRules {
  readonly loaders: LoaderTable;
  /** Classes whose models need no address. */
  readonly ignored: ReadonlySet<string>;
  /** Of the shape of workflows, by version of the format. */
  schema(version: number | undefined): SchemaCheck | undefined;
}

const MAX_SHAPE_FAULTS = 10;

/** Reads all that checks ask of a workflow, and what is wrong with it. */
export function readWorkflowFacts(document: JsonDocument, rules: WorkflowRules): WorkflowFacts {
  const faults: WorkflowFault[] = [];
  const place = (path: JsonPath): Located => {
    const { line = 1, path: shown = "$" } = finding(
      "E_WORKFLOW_SHAPE",
      placeIn(document, path),
      "",
    );
    return { line, path: shown };
  };
  const fault: OpenWorkflow["fault"] = (code: FindingCode, at, message, more) => {
    const where = "line" in at ? { file: "", ...at } : placeIn(document, at);
    const { file: _, ...found } = finding(code, where, message, more);
    faults.push(found);
  };
  const bytes = new TextEncoder().encode(document.text).length;
  const nothing = { nodes: 0, classes: [], linear: false, packs: [], inputs: [], models: [] };
  const workflow = tryRead(document);
  if (typeof workflow === "string") {
    fault("E_WORKFLOW_INVALID", [], workflow);
    return { bytes, ...nothing, addresses: [], faults };
  }
  const needs = analyzeWorkflow(workflow, rules.loaders);
  const open: OpenWorkflow = { document, workflow, needs, ignored: rules.ignored, place, fault };
  checkShape(open, rules);
  checkModels(open);
  checkLinks(open);
  checkLastIds(open);
  checkNamedWidgets(open);
  const models = readModels(open);
  const notes = readNoteAddresses(open);
  checkLinkTexts(open, notes);
  return {
    bytes,
    nodes: workflow.nodes.length,
    classes: sortTexts(needs.nodes.map(({ type }) => type)),
    linear: isLinear(document.value),
    packs: readPacks(open),
    inputs: needs.inputs.map(({ value, path, place: { type } }) => ({
      ...place(path),
      file: value,
      type,
    })),
    models,
    addresses: [
      ...models.flatMap(({ url, line, path }) =>
        url === undefined ? [] : [{ url, line, path: `${path}.url`, from: "model" as const }]
      ),
      ...notes,
    ],
    faults,
  };
}

function tryRead({ text, path }: JsonDocument): ReturnType<typeof readWorkflow> | string {
  try {
    return readWorkflow(text, path);
  } catch (error) {
    if (!isKind(error, workflowErrors.WORKFLOW_INVALID)) throw error;
    return error.message;
  }
}

function checkShape({ document, workflow, fault }: OpenWorkflow, rules: WorkflowRules): void {
  if (workflow.format === "api") {
    fault("E_WORKFLOW_SHAPE", [], "The workflow has the format of the queue, not of the editor", {
      hint: "Save it in ComfyUI with Save, not with Export (API)",
    });
    return;
  }
  const found = rules.schema(workflow.version)?.(document.value) ?? [];
  for (const { path, message } of found.slice(0, MAX_SHAPE_FAULTS)) {
    fault("E_WORKFLOW_SHAPE", path, `A value ${message}`);
  }
}

/** The packs of the registry that nodes come from, subgraphs included; those of ComfyUI itself are none. */
function readPacks({ needs: { nodes }, workflow, place }: OpenWorkflow): readonly UsedPack[] {
  const packs = new Map<string, UsedPack>();
  for (const { registryId, type, places: [first] } of nodes) {
    if (registryId === undefined || registryId === "comfy-core" || packs.has(registryId)) continue;
    const node = workflow.nodes.find(({ id, scope }) =>
      id === first?.id && scope.join("\0") === first.scope.join("\0")
    );
    packs.set(registryId, { ...place(node?.path ?? []), id: registryId, type });
  }
  return [...packs.values()];
}

function isLinear(value: unknown): boolean {
  return isRecord(value) && isRecord(value.extra) && value.extra.linearMode === true;
}
