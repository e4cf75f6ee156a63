import type { JsonPath, Workflow, WorkflowDependencies } from "../../../workflows/mod.ts";
import type { Finding, FindingCode } from "../../findings/mod.ts";
import type { JsonDocument } from "../../repository/mod.ts";

/** A fault of a workflow; the file is that of the workflow. */
export type WorkflowFault = Omit<Finding, "file">;

/** Something in a workflow, with its place. */
export interface Located {
  readonly line: number;
  /** As people read it, such as `$.nodes[3].widgets_values[0]`. */
  readonly path: string;
}

/** A pack whose nodes a workflow uses. */
export interface UsedPack extends Located {
  /** In the registry. */
  readonly id: string;
  /** Class of the first node. */
  readonly type: string;
}

/** A file that a node reads from the directory of inputs. */
export interface UsedInput extends Located {
  readonly file: string;
  /** Class of the node. */
  readonly type: string;
}

/** A model whose address a node carries. */
export interface UsedModel extends Located {
  readonly name: string;
  readonly url?: string;
  readonly directory?: string;
}

/** An address in a workflow. */
export interface UsedAddress extends Located {
  readonly url: string;
  /** Of a link in Markdown. */
  readonly text?: string;
  readonly from: "model" | "note";
}

/** What checks know of a workflow; it follows from its text alone and can be kept as JSON. */
export interface WorkflowFacts {
  readonly bytes: number;
  readonly nodes: number;
  /** Classes of its nodes, sorted. */
  readonly classes: readonly string[];
  /** Whether it opens as an app. */
  readonly linear: boolean;
  readonly packs: readonly UsedPack[];
  readonly inputs: readonly UsedInput[];
  readonly models: readonly UsedModel[];
  readonly addresses: readonly UsedAddress[];
  readonly faults: readonly WorkflowFault[];
}

/** A workflow that is being looked at. */
export interface OpenWorkflow {
  readonly document: JsonDocument;
  readonly workflow: Workflow;
  readonly needs: WorkflowDependencies;
  /** Classes whose models need no address. */
  readonly ignored: ReadonlySet<string>;
  /** Where a value stands. */
  place(path: JsonPath): Located;
  /** Reports a fault. */
  fault(
    code: FindingCode,
    at: JsonPath | Located,
    message: string,
    more?: Partial<Pick<Finding, "hint" | "details">>,
  ): void;
}
