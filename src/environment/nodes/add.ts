import { dirname, join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { type NodeTarget, obtainNode, placeNode } from "../../nodes/mod.ts";
import type { ManifestNode } from "../../pyproject/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { planAdoption } from "./adopt.ts";
import { changeNodes, type NodeDecision } from "./change.ts";
import { collect } from "./collect.ts";
import { describeArrival } from "./describe.ts";
import { nodeChangeErrors } from "./errors.ts";
import { findTarget } from "./find_node.ts";
import { keptNode } from "./plan.ts";
import { refuseLocalChanges } from "./refuse_changes.ts";
import { runPackScripts } from "./scripts.ts";
import { requirePlaces } from "./take_place.ts";
import type { AddRequest } from "./request.ts";
import type { NodeChange, NodeReport } from "./types.ts";

/**
 * Adds node packs to an environment, all or none of them; those that it has in another version get the one named.
 *
 * @throws what naming and getting packs throws, `NODE_DIRECTORY_TAKEN`, `NODE_REFUSED`, `NODE_CHANGED`,
 * `PACKAGE_CONFLICT`, `NODE_SCRIPT_FAILED`, `BISECT_ACTIVE`; nothing has changed then
 */
export async function addNodes(world: EnvironmentWorld, request: AddRequest): Promise<NodeReport> {
  return await changeNodes(world, {
    command: "node add",
    verb: request.adopt ? "Adopt" : "Add",
    decide: (state) =>
      request.adopt ? planAdoption(world, state, request) : decide(world, state, request),
    ...request,
  });
}

async function decide(
  world: EnvironmentWorld,
  state: EnvironmentState,
  request: AddRequest,
): Promise<NodeDecision> {
  const { keepGoing = false } = request;
  const found = await collect(
    world,
    [...new Set(request.named)],
    async (named) => ({ named, target: await request.resolve(named, request) }),
    { label: "Looking up node packs", nameOf: (named) => named, keepGoing },
  );
  const wanted = onceEach(found.results);
  const described = await collect(
    world,
    wanted,
    ({ named, target }) => arrivalOf(world, state, { named, target, request }),
    { label: "Getting node packs", nameOf: ({ named }) => named, keepGoing },
  );
  const placed = await requirePlaces(world, state.manifest, described.results, keepGoing);
  return {
    changes: placed.changes,
    failures: [...found.failures, ...described.failures, ...placed.failures],
    prepare: async (transaction, changes) => {
      await placed.clear(transaction, changes);
      await linkDevelopment(world, transaction, changes);
    },
    finish: (manifest, changes) => runPackScripts(world, manifest, changes),
  };
}

interface Wanted {
  readonly named: string;
  readonly target: NodeTarget;
}

function onceEach(wanted: readonly Wanted[]): readonly Wanted[] {
  const seen = new Map<string, Wanted>();
  for (const one of wanted) {
    const other = seen.get(one.target.id);
    if (other && versionOfTarget(other.target) !== versionOfTarget(one.target)) {
      throw new ComfydockError(
        nodeChangeErrors.NODE_REFUSED,
        `Cannot add "${one.named}" together with "${other.named}": both are ${one.target.id}, in two versions`,
        { hint: "Name one of them", details: { id: one.target.id } },
      );
    }
    seen.set(one.target.id, other ?? one);
  }
  return [...seen.values()];
}

/** What tells one state of a pack from another: a version, a commit or a path. */
function versionOfTarget(target: NodeTarget): string | undefined {
  if (target.source === "registry") return target.version;
  return target.source === "git" ? target.commit : target.path;
}

async function arrivalOf(
  world: EnvironmentWorld,
  { manifest }: EnvironmentState,
  { named, target, request }: Wanted & { readonly request: AddRequest },
): Promise<NodeChange> {
  const before = findTarget(manifest, target);
  const why = before && whyKept(before, target, named);
  if (before && why !== undefined) return keptNode(before, why);
  if (before) {
    refuseOtherKind(before, target, named);
    await refuseLocalChanges(world, manifest, before);
  }
  const obtained = await obtainNode(world, target);
  const sameTree = before?.treeSha256 !== undefined && before.treeSha256 === obtained.treeSha256;
  if (before && target.source === "local" && sameTree) {
    return keptNode(before, "its files are those that are installed");
  }
  const directory = before?.directory ?? obtained.directory;
  const ref = pinnedCommit(target, named);
  const { deps, runScripts } = request;
  const action = before ? "updated" : "added";
  return await describeArrival({
    obtained,
    action,
    before,
    facts: { directory, ...(ref !== undefined && { ref }) },
    deps,
    runScripts,
  });
}

/** Who names a commit wants to stay there; `node update` heeds that. */
function pinnedCommit(target: NodeTarget, named: string): string | undefined {
  if (target.source !== "git" || target.ref !== undefined) return undefined;
  const asked = /@([0-9a-f]{7,64})(?:#.*)?$/i.exec(named)?.[1]?.toLowerCase();
  return asked !== undefined && target.commit.startsWith(asked) ? target.commit : undefined;
}

function whyKept(before: ManifestNode, target: NodeTarget, named: string): string | undefined {
  if (before.source !== target.source) return undefined;
  if (target.source !== "registry" && target.source !== "git") {
    return target.source === "development" ? "it is in development here already" : undefined;
  }
  const [has, newest] = target.source === "registry"
    ? [before.version, target.version]
    : [before.commit, target.commit];
  if (has === newest) return "it is there already";
  // Without a version nobody has asked for another one.
  const asked = target.source === "registry"
    ? named.includes("@")
    : target.ref !== undefined || pinnedCommit(target, named) !== undefined;
  return asked
    ? undefined
    : `it is there already; comfydock node update ${before.id} takes ${newest}`;
}

function refuseOtherKind(before: ManifestNode, target: NodeTarget, named: string): void {
  const kinds = [before.source, target.source];
  if (before.source === target.source || !kinds.includes("development")) return;
  throw new ComfydockError(
    nodeChangeErrors.NODE_REFUSED,
    `Cannot add "${named}": the environment has ${before.id} from ${
      ORIGINS[before.source]
    } already`,
    {
      hint: `Run comfydock node remove ${before.id} first`,
      details: { id: before.id, source: before.source },
    },
  );
}

const ORIGINS: Readonly<Record<ManifestNode["source"], string>> = {
  registry: "the registry",
  git: "a repository",
  local: "a directory of this machine",
  development: "development",
};

// A pack in development that lies in custom_nodes itself is where it should be.
async function linkDevelopment(
  world: EnvironmentWorld,
  transaction: Transaction,
  changes: readonly NodeChange[],
): Promise<void> {
  const { customNodes } = world.environment;
  for (const { after, obtained } of changes) {
    if (after?.source !== "development" || !obtained) continue;
    if (dirname(obtained.tree) === customNodes) continue;
    const staged = await transaction.stagePath();
    await placeNode(world, obtained, staged);
    await transaction.replace(join(customNodes, after.directory ?? after.id), staged);
  }
}
