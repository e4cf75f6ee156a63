import {
  groupEdits,
  manifestNodeOf,
  type ObtainedNode,
  type PackRequirements,
  readPackRequirements,
} from "../../nodes/mod.ts";
import { type ManifestNode, readTorchBackends } from "../../pyproject/mod.ts";
import type { NodeAction, NodeChange } from "./types.ts";

/** What is known of a pack that comes in. */
export interface Arrival {
  readonly obtained: ObtainedNode;
  readonly action: NodeAction;
  /** The entry of the manifest that it takes the place of. */
  readonly before?: ManifestNode;
  /** Facts that stand above those of the pack, such as its directory. */
  readonly facts?: Partial<ManifestNode>;
  /** Whether it gets what it asks of Python; by default it does. */
  readonly deps?: boolean;
  /** Whether its own scripts are run. */
  readonly runScripts?: boolean;
}

/**
 * Reads what a pack asks for, and says how it comes into the manifest.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function describeArrival(
  { obtained, action, before, facts, deps = true, runScripts = false }: Arrival,
): Promise<NodeChange> {
  const { target, tree } = obtained;
  const listed = target.source === "registry" ? target.listedRequirements : [];
  const asked = await readPackRequirements(tree, { listed });
  const { scripts } = asked;
  const id = before?.id ?? target.id;
  const { items, findings } = groupEdits(
    id,
    deps ? asked : NOTHING_ASKED,
    await readTorchBackends(),
  );
  const after: ManifestNode = {
    ...manifestNodeOf(obtained),
    id,
    enabled: before?.enabled ?? true,
    runScripts: runScripts && scripts.length > 0 ? scripts : undefined,
    ...facts,
  };
  return {
    id,
    name: after.name,
    action,
    before,
    after,
    requirements: items,
    findings: [...asked.findings, ...findings],
    scripts,
    obtained,
  };
}

const NOTHING_ASKED: PackRequirements = {
  requirements: [],
  constraints: [],
  indexes: [],
  findings: [],
  scripts: [],
};
