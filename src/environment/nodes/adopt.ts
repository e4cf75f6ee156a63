import { basename, resolve as resolvePath } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import {
  type NodeDirectory,
  type NodeTarget,
  type ObtainedNode,
  obtainNode,
  plainDirectory,
  readGitFacts,
  readNodeDirectories,
} from "../../nodes/mod.ts";
import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
import { foldName } from "../../workspace/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import type { AddRequest } from "./request.ts";
import type { NodeDecision } from "./change.ts";
import { collect, type NodeFailure } from "./collect.ts";
import { describeArrival } from "./describe.ts";
import { nodeChangeErrors } from "./errors.ts";
import { nodePlaces } from "./places.ts";
import { keptNode } from "./plan.ts";
import { readTreeState } from "./tree_state.ts";
import type { NodeChange } from "./types.ts";

/**
 * Decides how directories that are in `custom_nodes` already come into the manifest; their files stay as they are.
 *
 * @throws `NODE_NOT_INSTALLED` when there is no such directory, and what getting packs throws
 */
export async function planAdoption(
  world: EnvironmentWorld,
  state: EnvironmentState,
  request: AddRequest,
): Promise<NodeDecision> {
  const directories = await readNodeDirectories(world.environment.customNodes, { git: world.git });
  const found = request.named.map((named) => ({
    named,
    directory: find(world, directories, named),
  }));
  const { results, failures } = await collect(
    world,
    found,
    ({ directory }) => adopt(world, state, { directory, directories }, request),
    { label: "Looking at node packs", nameOf: ({ named }) => named, keepGoing: request.keepGoing },
  );
  const changes = new Map<string, NodeChange>();
  const twice: NodeFailure[] = [];
  for (const change of results) {
    const first = changes.get(change.id);
    const [one, other] = [first, change].map((each) => each?.after?.directory ?? change.id);
    if (first && one !== other) {
      twice.push({ named: `${other}`, error: takenTwice(change.id, one) });
    } else changes.set(change.id, change);
  }
  if (twice[0] && !request.keepGoing) throw twice[0].error;
  return { changes: [...changes.values()], failures: [...failures, ...twice] };
}

function takenTwice(id: string, directory = id): ComfydockError {
  return new ComfydockError(
    nodeChangeErrors.NODE_DIRECTORY_TAKEN,
    `Cannot adopt two directories: both hold ${id}`,
    { hint: `Adopt one of them, as in comfydock node add --adopt "${directory}"`, details: { id } },
  );
}

function find(
  { environment: { customNodes, name } }: EnvironmentWorld,
  directories: readonly NodeDirectory[],
  named: string,
): NodeDirectory {
  const path = resolvePath(customNodes, named);
  const wanted = foldName(basename(named));
  const found = directories.find((one) => one.path === path || one.path === resolvePath(named)) ??
    directories.find((one) => foldName(one.directory) === wanted) ??
    directories.find((one) => one.registryId !== undefined && foldName(one.registryId) === wanted);
  if (found) return found;
  throw new ComfydockError(
    nodeChangeErrors.NODE_NOT_INSTALLED,
    `Cannot adopt "${named}": there is no such directory in "${customNodes}"`,
    { hint: `Run comfydock status --env ${name} to see what is there`, details: { named } },
  );
}

async function adopt(
  world: EnvironmentWorld,
  { manifest }: EnvironmentState,
  { directory, directories }: Pick<Adoption, "directory" | "directories">,
  request: AddRequest,
): Promise<NodeChange> {
  const plain = plainDirectory(directory);
  const before = Object.values(manifest.nodes).find((node) =>
    foldName(nodePlaces(world.environment, node).directory) === foldName(plain)
  );
  const { obtained, note } = await identify(world, directory, request);
  const branch = obtained.target.source === "git"
    ? (await readGitFacts(directory.path))?.branch
    : undefined;
  const change = await describeArrival({
    obtained,
    action: "adopted",
    before,
    facts: {
      directory: before?.directory ?? plain,
      enabled: directory.enabled,
      ...(branch !== undefined && { ref: branch }),
    },
    deps: request.deps,
  });
  if (before && sameEntry(before, change.after)) {
    return keptNode(before, "it is in the manifest already");
  }
  requireOnce(world, manifest, { directory, directories, id: change.id, before });
  if (note === undefined) return change;
  return {
    ...change,
    findings: [{ code: "NODE_ADOPTED_AS_IS", message: note, file: plain }, ...change.findings],
  };
}

interface Adoption {
  readonly id: string;
  readonly directory: NodeDirectory;
  /** All that there are. */
  readonly directories: readonly NodeDirectory[];
  readonly before: ManifestNode | undefined;
}

// Manager keeps older versions in `.disabled`; taking one in would move the one that is in use away.
function requireOnce(
  { environment }: EnvironmentWorld,
  manifest: Manifest,
  { id, directory, directories, before }: Adoption,
): void {
  const known = before ?? manifest.nodes[id];
  if (!known) return;
  const { enabled, disabled } = nodePlaces(environment, known);
  const own = known.enabled ? enabled : disabled;
  const stands = directories.some(({ path }) => path === own);
  if (!stands || own === directory.path) return;
  throw new ComfydockError(
    nodeChangeErrors.NODE_DIRECTORY_TAKEN,
    `Cannot adopt "${directory.directory}": the environment has ${known.id} in "${own}" already`,
    {
      hint:
        `Move one of the two directories out of custom_nodes, or run comfydock node remove ${known.id} first`,
      details: { id: known.id, path: own, other: directory.path },
    },
  );
}

function sameEntry(before: ManifestNode, after: ManifestNode | undefined): boolean {
  return after?.source === before.source && after.version === before.version &&
    after.commit === before.commit && after.enabled === before.enabled &&
    after.treeSha256 === before.treeSha256;
}

interface Identified {
  readonly obtained: ObtainedNode;
  /** What people should know of it. */
  readonly note?: string;
}

/** Finds out where a directory can be had again; what nobody else has is kept in the store. */
async function identify(
  world: EnvironmentWorld,
  directory: NodeDirectory,
  request: AddRequest,
): Promise<Identified> {
  const { path, linked } = directory;
  const id = plainDirectory(directory);
  if (linked || request.dev) {
    const target = await request.resolve(linked ? await Deno.realPath(path) : path, { dev: true });
    return { obtained: await obtainNode(world, target) };
  }
  const local: NodeTarget = { source: "local", id, name: id, path };
  const asLocal = async (note: string) => ({ obtained: await obtainNode(world, local), note });
  const named = nameOf(directory);
  if (named === undefined) {
    return await asLocal(
      "Nobody says where it comes from; its files are kept in the store of this workspace",
    );
  }
  try {
    const target = await request.resolve(named, { git: directory.source === "git" });
    const obtained = await obtainNode(world, target);
    const expected = obtained.treeSha256;
    const state = await readTreeState(world, { path, directory: id, expected });
    if (state.kind !== "changed") return { obtained };
    return {
      obtained,
      note: `It has local changes, which stay: ${state.changed.slice(0, 3).join(", ")}`,
    };
  } catch (error) {
    if (!(error instanceof ComfydockError) || error.exit === 130) throw error;
    return await asLocal(
      `It cannot be had as ${named} (${error.message}); its files are kept in the store of this workspace`,
    );
  }
}

/** How a directory is named to get the same again. */
function nameOf(
  { source, registryId, version, repository, commit }: NodeDirectory,
): string | undefined {
  if (source === "registry" && registryId !== undefined && version !== undefined) {
    return `${registryId}@${version}`;
  }
  if (source === "git" && repository !== undefined && commit !== undefined) {
    return `${repository}@${commit}`;
  }
  return undefined;
}
