import type { WorkflowNode } from "../graph/mod.ts";
import type { JsonPath } from "../json/mod.ts";

/** What a workflow needs to run. */
export interface WorkflowDependencies {
  /** Classes, each once for each way in which it is asked for. */
  readonly nodes: readonly NodeNeed[];
  readonly models: readonly ModelReference[];
  /** Pictures, sounds and videos that are read from ComfyUI's `input`. */
  readonly inputs: readonly FileReference[];
  /** Addresses in notes that lead to models. */
  readonly links: readonly NoteLink[];
}

/** Where in a workflow something is asked for. */
export interface NodePlace {
  readonly id: string;
  readonly scope: readonly string[];
  readonly type: string;
  readonly mode: WorkflowNode["mode"];
}

/** A class that a workflow uses. */
export interface NodeNeed {
  readonly type: string;
  /** 8 hex digits, or `_` when the workflow does not tell. */
  readonly signature: string;
  /** The registry's id of the pack that the editor saved with the node. */
  readonly registryId?: string;
  /** The pack's version or commit at that time. */
  readonly version?: string;
  /** `owner/repository` of a pack that no registry knows. */
  readonly repository?: string;
  readonly places: readonly NodePlace[];
}

/** How a model reference was found. */
export type ReferenceEvidence = "embedded" | "loader" | "extension" | "embedding";

/** A model file that a workflow names. */
export interface ModelReference {
  /** As the widget has it, separators included. */
  readonly value: string;
  /** ComfyUI's folders in which the file may lie; none when nothing tells. */
  readonly folders: readonly string[];
  readonly evidence: ReferenceEvidence;
  readonly place: NodePlace;
  /** The widget's place in the text; absent when only the node's properties name the model. */
  readonly path?: JsonPath;
  /** What the editor saved beside it, in `properties.models`. */
  readonly embedded?: EmbeddedModel;
}

/** An entry of `properties.models`. */
export interface EmbeddedModel {
  readonly name: string;
  readonly url?: string;
  readonly directory?: string;
  readonly hash?: string;
  readonly hashType?: string;
  readonly path: JsonPath;
}

/** An input file that a workflow names. */
export interface FileReference {
  readonly value: string;
  readonly place: NodePlace;
  readonly path: JsonPath;
}

/** An address in a note. */
export interface NoteLink {
  readonly url: string;
  /** The file that it leads to. */
  readonly name: string;
  readonly place: NodePlace;
}
