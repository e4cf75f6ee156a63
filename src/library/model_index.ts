import { dirname } from "node:path";
import type { WorkflowResolution } from "../environment/workflows/mod.ts";
import type {
  IndexedModel,
  KnownModel,
  ModelIndex as IndexFile,
  RootRequest,
  ScanReport,
} from "../models/mod.ts";
import type { ModelNotes, ModelWorkspace, ScanWishes } from "../session/models/mod.ts";
import type { EmbeddedWorkflow } from "../session/workflows/mod.ts";
import type { ModelReference } from "../workflows/mod.ts";
import type { EnvironmentPlace } from "./environment_place.ts";
import { openPlaced, readWorkspace, type WorkspacePlace } from "./place.ts";
import { textOf, type WorkflowJson } from "./workflow_json.ts";

/** What a search for models found. */
export interface FoundModels {
  /** Models that are here, the best first. */
  readonly here: readonly IndexedModel[];
  /** Models of the shipped list, the best first. */
  readonly known: readonly KnownModel[];
}

const PASTED = "workflow.json";

/** The models of a workspace, by their digests. */
export class ModelIndex {
  readonly workspace: WorkspacePlace;

  /** Names the workspace whose index is meant. */
  constructor(workspace: WorkspacePlace) {
    this.workspace = workspace;
  }

  /** Brings the index to what lies in a directory. */
  async scanDirectory(path: string, wishes: ScanWishes = {}): Promise<ScanReport> {
    return await this.#scan([path], wishes);
  }

  /** Brings the index to the workspace's directory of models and those of its environments. */
  async scanStandardLocations(wishes: ScanWishes = {}): Promise<ScanReport> {
    return await this.#scan([], wishes);
  }

  /** Brings the index to the standard locations, then to each directory elsewhere in which it knows files. */
  async updateIndex(wishes: ScanWishes = {}): Promise<readonly ScanReport[]> {
    const { locationPath } = await import("../models/mod.ts");
    const reports = [await this.#scan([], wishes)];
    const known = await this.#ask((index) => index.models().flatMap(({ locations }) => locations));
    const elsewhere = known.filter(({ directory }) => !reports[0]!.roots.includes(directory));
    for (const path of new Set(elsewhere.map((location) => dirname(locationPath(location))))) {
      reports.push(await this.#scanAt({ usual: [path] }, { ...wishes, recursive: false }));
    }
    return reports;
  }

  /** Reads one file and notes it in the index. */
  async registerModel(path: string, metadata: ModelNotes = {}): Promise<IndexedModel> {
    const { registerFile } = await import("../session/models/mod.ts");
    return await registerFile(this.workspace.session, await this.#place(), path, metadata);
  }

  /** The model with a digest of any kind, in hex, also by its beginning of 8 digits or more. */
  async resolveByHash(hash: string): Promise<IndexedModel | undefined> {
    // A digest without its kind might also be a name.
    return await this.getModelInfo(hash.includes(":") ? hash : `blake3:${hash}`);
  }

  /** The models of a name. */
  async resolveByName(name: string): Promise<readonly IndexedModel[]> {
    return await this.#ask((index) => index.byName(name));
  }

  /** Searches what is here, and the shipped list of models. */
  async searchModels(query: string, limit: number = 20): Promise<FoundModels> {
    const { searchIndex, searchKnown } = await import("../models/mod.ts");
    return {
      here: await this.#ask((index) => searchIndex(index, query, limit).models),
      known: await searchKnown(query, limit),
    };
  }

  /** The one model that a digest, a name or a path means; throws `MODEL_AMBIGUOUS` when several fit. */
  async getModelInfo(identifier: string): Promise<IndexedModel | undefined> {
    const { findSingle } = await import("../models/mod.ts");
    const [model] = await this.#ask((index) => [findSingle(index, identifier)]);
    return model;
  }

  /** The model files that a workflow names. */
  async extractWorkflowModels(workflow: WorkflowJson): Promise<readonly ModelReference[]> {
    const { analyzeWorkflow, readLoaderTable, readWorkflow } = await import("../workflows/mod.ts");
    const read = readWorkflow(textOf(workflow), PASTED);
    return analyzeWorkflow(read, await readLoaderTable()).models;
  }

  /** Writes name, address, folder and digest of each model beside its node; by default for the active environment. */
  async injectModelHashes(
    workflow: WorkflowJson,
    environment?: EnvironmentPlace,
  ): Promise<EmbeddedWorkflow> {
    const { embedModels } = await import("../session/workflows/mod.ts");
    const place = await openPlaced(this.workspace, environment?.name);
    return await embedModels(this.workspace.session, place, {
      path: PASTED,
      text: textOf(workflow),
    });
  }

  /** Finds out which models of a workflow are here and where others come from; by default for the active environment. */
  async resolveWorkflowModels(
    workflow: WorkflowJson,
    environment?: EnvironmentPlace,
  ): Promise<WorkflowResolution["models"]> {
    const { resolveHere } = await import("../session/workflows/mod.ts");
    const place = await openPlaced(this.workspace, environment?.name);
    const given = { path: PASTED, text: textOf(workflow) };
    return (await resolveHere(this.workspace.session, place, given)).models;
  }

  async #ask<Answer>(
    question: (index: IndexFile) => readonly Answer[],
  ): Promise<readonly Answer[]> {
    const { openIndexIfAny } = await import("../models/mod.ts");
    using index = await openIndexIfAny((await readWorkspace(this.workspace)).layout);
    return index ? question(index) : [];
  }

  async #place(): Promise<ModelWorkspace> {
    const { modelWorkspace } = await import("../session/models/mod.ts");
    const workspace = await readWorkspace(this.workspace);
    return await modelWorkspace(this.workspace.session, workspace, "model scan");
  }

  async #scan(named: readonly string[], wishes: ScanWishes): Promise<ScanReport> {
    const { scanRequest } = await import("../session/models/mod.ts");
    const { env } = this.workspace.session;
    return await this.#scanAt(await scanRequest(await this.#place(), { named, env }), wishes);
  }

  async #scanAt(roots: Partial<RootRequest>, wishes: ScanWishes): Promise<ScanReport> {
    const { scanWorkspace } = await import("../session/models/mod.ts");
    const { session } = this.workspace;
    const request = { named: [], usual: [], env: session.env, ...roots };
    return (await scanWorkspace(session, await this.#place(), request, wishes)).report;
  }
}
