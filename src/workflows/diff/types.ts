import type { WorkflowNode } from "../graph/mod.ts";

/** A node, as a difference names it. */
export interface NodeName {
  readonly id: string;
  readonly scope: readonly string[];
  readonly type: string;
  readonly title?: string;
}

/** A value that is set differently. */
export interface WidgetChange {
  /** Position or name of the widget. */
  readonly widget: number | string;
  /** Absent where there was none, or is none any more. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A node that is in both workflows, and differs. */
export interface NodeChange extends NodeName {
  readonly widgets: readonly WidgetChange[];
  readonly mode?: { readonly before: WorkflowNode["mode"]; readonly after: WorkflowNode["mode"] };
  readonly renamed?: { readonly before?: string; readonly after?: string };
  readonly moved: boolean;
}

/** A link by its ends: `4.0 → 7.model`. */
export interface LinkName {
  readonly scope: readonly string[];
  readonly from: string;
  readonly fromSlot: number;
  readonly to: string;
  readonly toSlot: number | string;
  readonly type: string;
}

/** What two versions of a workflow do differently. */
export interface WorkflowDiff {
  readonly nodes: {
    readonly added: readonly NodeName[];
    readonly removed: readonly NodeName[];
    readonly changed: readonly NodeChange[];
  };
  readonly links: { readonly added: readonly LinkName[]; readonly removed: readonly LinkName[] };
  readonly models: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** Whether only places, sizes and frames differ, or nothing at all. */
  readonly sameWork: boolean;
}
