import type { ObtainedNode, PackRequirement, RequirementFinding } from "../../nodes/mod.ts";
import type { ManifestNode } from "../../pyproject/mod.ts";
import type { NodeFailure } from "./collect.ts";
import type { ManifestEditReport, ManifestPlan } from "../manifest_change/mod.ts";

/** What becomes of a node pack; `kept` is one for which there is nothing to do. */
export type NodeAction =
  | "added"
  | "adopted"
  | "updated"
  | "removed"
  | "enabled"
  | "disabled"
  | "kept";

/** A node pack and what becomes of it. */
export interface NodeChange {
  readonly id: string;
  readonly name: string;
  readonly action: NodeAction;
  /** Its entry of the manifest, before and after. */
  readonly before?: ManifestNode;
  readonly after?: ManifestNode;
  /** What its dependency group holds afterwards; absent where the group stays as it is. */
  readonly requirements?: readonly PackRequirement[];
  /** What could not go into the project, and what was done instead. */
  readonly findings: readonly RequirementFinding[];
  /** The pack's own installation scripts. */
  readonly scripts: readonly string[];
  /** The files that come in. */
  readonly obtained?: ObtainedNode;
  /** Why there is nothing to do. */
  readonly why?: string;
}

/** What becomes of the manifest and of the packs. */
export interface NodePlan extends ManifestPlan {
  readonly changes: readonly NodeChange[];
}

/** What a command on node packs came to. */
export interface NodeReport extends ManifestEditReport<NodePlan> {
  readonly failures: readonly NodeFailure[];
}
