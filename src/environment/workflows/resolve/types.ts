import type { ModelOutcome as FetchOutcome } from "../../../models/mod.ts";
import type {
  PackIndex,
  ResolutionPlan,
  ResolvedModel,
  ResolvedNode,
  Workflow,
} from "../../../workflows/mod.ts";
import type { ResolveNode } from "../../nodes/mod.ts";

/** What people say about what nothing else settles. */
export interface ResolveAnswers {
  /** Class to pack: an id, an address, a path; `false` for a class that the workflow can do without. */
  readonly packs: ReadonlyMap<string, string | false>;
  /** Model, as a widget or its file name has it, to a source or a file; `false` for one that is not needed. */
  readonly models: ReadonlyMap<string, string | false>;
}

/** How a workflow is resolved. */
export interface ResolveRequest {
  /** Absolute path of its file. */
  readonly path: string;
  readonly answers: ResolveAnswers;
  /** Asks about what nothing tells; answers all that is known then, or nothing where nothing is new. */
  readonly ask?: (found: WorkflowResolution) => Promise<ResolveAnswers | undefined>;
  /** Installs and enables packs. */
  readonly install: boolean;
  /** Fetches models. */
  readonly download: boolean;
  /** Puts name, address, folder and digest of each model beside its node. */
  readonly writeHashes: boolean;
  readonly index: PackIndex;
  readonly resolveNode: ResolveNode;
  readonly dryRun: boolean;
}

/** What is known of a workflow in an environment. */
export interface WorkflowResolution {
  readonly path: string;
  readonly text: string;
  readonly workflow: Workflow;
  readonly nodes: readonly ResolvedNode[];
  readonly models: readonly ResolvedModel[];
  readonly plan: ResolutionPlan;
}

/** What resolving came to. */
export interface ResolveReport {
  /** As it was before. */
  readonly before: WorkflowResolution;
  /** As it is now; the same when nothing was done. */
  readonly after: WorkflowResolution;
  readonly installed: readonly string[];
  readonly fetched: readonly FetchOutcome[];
  /** Whether the file was changed. */
  readonly edited: boolean;
  readonly commit?: string;
}
