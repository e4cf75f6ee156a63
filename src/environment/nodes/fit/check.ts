import type { WorkEvent } from "../../../base/mod.ts";
import {
  checkFit,
  type FitCheck,
  type FitPack,
  obtainNode,
  type RemedyOptions,
  type RequirementFinding,
} from "../../../nodes/mod.ts";
import type { Manifest, ManifestNode } from "../../../pyproject/mod.ts";
import { foldName } from "../../../workspace/mod.ts";
import { readEnvironmentState } from "../../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../../types.ts";
import { diffLocks, type LockChange, readLockPackages } from "../../venv/mod.ts";
import type { ResolveNode } from "../request.ts";
import { collect } from "../collect.ts";
import { describeArrival } from "../describe.ts";
import { findTarget } from "../find_node.ts";
import { planNodes } from "../plan.ts";
import type { NodeChange } from "../types.ts";
import { readFitProject, trialResolver } from "./project.ts";

/** Which packs are asked about. */
export interface NodeCheckRequest {
  /** Packs of the environment, or any that could be added to it; none asks about the environment as it is. */
  readonly named: readonly string[];
  readonly resolve: ResolveNode;
  readonly versionsOf: RemedyOptions["versionsOf"];
}

/** A pack that took part in a check. */
export interface CheckedPack extends FitPack {
  /** Whether it is not, not so, or not enabled in the environment. */
  readonly candidate: boolean;
  /** Whether it was asked about by name. */
  readonly named: boolean;
  /** What could not go into the project, for candidates. */
  readonly findings: readonly RequirementFinding[];
}

/** What a check of node packs found. */
export interface NodeCheck extends Omit<FitCheck, "lockText"> {
  readonly packs: readonly CheckedPack[];
  /** What the candidates that fit would change in the lock. */
  readonly changes: readonly LockChange[];
}

/**
 * Explains how the packs of an environment fit together, with further ones if such are named; changes nothing.
 *
 * @throws what naming and getting packs throws, and what uv finds besides conflicts
 */
export async function checkNodes(
  world: EnvironmentWorld,
  { named, resolve, versionsOf }: NodeCheckRequest,
): Promise<NodeCheck> {
  const state = await readEnvironmentState(world);
  const wanted = await collect(
    world,
    [...new Set(named)],
    (name) => describeNamed(world, state, name, resolve),
    { label: "Getting node packs", nameOf: (name) => name },
  );
  const changes = wanted.results.filter(({ action }) => action !== "kept");
  const { manifestText } = planNodes(state, changes, world.environment.manifest);
  const candidates = new Map(changes.map((change) => [change.id, change]));
  const trees = new Map(
    changes.flatMap(({ id, obtained }) => obtained ? [[id, obtained.tree] as const] : []),
  );
  const { lockText: before } = state;
  const request = { manifestText, lockText: before, trees, candidates: new Set(candidates.keys()) };
  const project = await readFitProject(world, request);
  const { lockText, ...check } = await trying(
    world,
    (quiet) =>
      checkFit(project, trialResolver(quiet), { candidates: request.candidates, versionsOf }),
  );
  const asked = new Set(wanted.results.map(({ id }) => id));
  const packs = project.packs.map((pack): CheckedPack => ({
    ...pack,
    version: versionOf(candidates.get(pack.id)?.after ?? state.manifest.nodes[pack.id]),
    candidate: candidates.has(pack.id),
    named: asked.has(pack.id),
    findings: candidates.get(pack.id)?.findings ?? [],
  }));
  const moved = candidates.size === 0 || lockText === undefined
    ? []
    : diffLocks(readLockPackages(before), readLockPackages(lockText));
  return { ...check, packs, changes: moved };
}

// However many resolutions there are, they are one piece of work for who waits.
async function trying<Result>(
  world: EnvironmentWorld,
  work: (quiet: EnvironmentWorld) => Promise<Result>,
): Promise<Result> {
  const id = "fit";
  const { report } = world;
  report.emit({ kind: "started", id, label: "Trying which packs fit" });
  const isProgress = ({ kind }: WorkEvent) => /^(started|advanced|finished)$/.test(kind);
  const emit = (event: WorkEvent) => {
    if (!isProgress(event)) report.emit(event);
  };
  try {
    return await work({ ...world, report: { emit } });
  } finally {
    report.emit({ kind: "finished", id });
  }
}

async function describeNamed(
  world: EnvironmentWorld,
  { manifest }: EnvironmentState,
  named: string,
  resolve: ResolveNode,
): Promise<NodeChange> {
  const here = installedAs(manifest, named);
  if (here) {
    const { id, name, enabled } = here;
    const common = { id, name, before: here, findings: [], scripts: [] };
    if (enabled) return { ...common, action: "kept", after: here };
    return { ...common, action: "enabled", after: { ...here, enabled: true } };
  }
  const target = await resolve(named);
  const before = findTarget(manifest, target);
  const obtained = await obtainNode(world, target);
  return await describeArrival({
    obtained,
    action: before ? "updated" : "added",
    before,
    facts: { enabled: true, ...(before?.directory && { directory: before.directory }) },
  });
}

function installedAs({ nodes }: Manifest, named: string): ManifestNode | undefined {
  const wanted = foldName(named);
  return Object.values(nodes).find(({ id, name, registryId, directory }) =>
    [id, name, registryId, directory].some((text) =>
      text !== undefined && foldName(text) === wanted
    )
  );
}

function versionOf(node: ManifestNode | undefined): string | undefined {
  return node?.version ?? node?.commit;
}
