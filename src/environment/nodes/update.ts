import { ComfydockError } from "../../base/mod.ts";
import { type NodeTarget, obtainNode, obtainRecorded } from "../../nodes/mod.ts";
import type { ManifestNode } from "../../pyproject/mod.ts";
import { isObjectId } from "../../tools/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import type { ResolveNode } from "./request.ts";
import { changeNodes, type NodeDecision } from "./change.ts";
import { collect } from "./collect.ts";
import { describeArrival } from "./describe.ts";
import { nodeChangeErrors } from "./errors.ts";
import { findNode } from "./find_node.ts";
import { keptNode } from "./plan.ts";
import { putNode } from "./put.ts";
import { readLocalChanges, refuseLocalChanges } from "./refuse_changes.ts";
import { runPackScripts } from "./scripts.ts";
import { surveyNodes } from "./survey.ts";
import type { TrialOptions } from "./trial.ts";
import type { NodeFailure } from "./collect.ts";
import type { NodeChange, NodeReport } from "./types.ts";

/** How node packs are updated. */
export interface UpdateRequest extends TrialOptions {
  /** Ids, names or directories; none stands for all. */
  readonly named: readonly string[];
  readonly resolve: ResolveNode;
  /** Moves packs with local changes to the trash instead of refusing them. */
  readonly discard?: boolean;
  readonly runScripts?: boolean;
  readonly sync?: boolean;
  readonly dryRun?: boolean;
}

/** A pack, and the newest that can be had of it. */
export interface NodeNews {
  readonly node: ManifestNode;
  /** Absent when it stays what it is, such as one in development or one that was pinned to a commit. */
  readonly newest?: NodeTarget;
  /** Why there is nothing newer to look for. */
  readonly why?: string;
}

/**
 * Gives node packs their newest version: of the registry the newest live one, of a repository the newest commit of the
 * branch that was asked for. The old one is kept until the new one stands.
 *
 * @throws `NODE_NOT_INSTALLED`, `NODE_CHANGED`, `PACKAGE_CONFLICT`, `BISECT_ACTIVE`, and what getting packs throws; nothing
 * has changed then
 */
export async function updateNodes(
  world: EnvironmentWorld,
  request: UpdateRequest,
): Promise<NodeReport> {
  return await changeNodes(world, {
    command: "node update",
    verb: "Update",
    decide: (state) => decide(world, state, request),
    ...request,
  });
}

/**
 * Looks for newer versions of node packs; nothing is fetched but what the registry and the repositories say.
 *
 * @param named Ids, names or directories; none stands for all.
 * @throws `NODE_NOT_INSTALLED`, `INTERRUPTED`; a pack that cannot be looked up is a failure
 */
export async function readNodeNews(
  world: EnvironmentWorld,
  named: readonly string[],
  resolve: ResolveNode,
): Promise<{ readonly news: readonly NodeNews[]; readonly failures: readonly NodeFailure[] }> {
  const state = await readEnvironmentState(world);
  const { results, failures } = await lookUp(world, chosen(state, named), {
    resolve,
    keepGoing: true,
  });
  return { news: results, failures };
}

function chosen({ manifest }: EnvironmentState, named: readonly string[]): readonly ManifestNode[] {
  if (named.length === 0) return Object.values(manifest.nodes);
  return [...new Set(named.map((name) => findNode(manifest, name, "update")))];
}

async function lookUp(
  world: EnvironmentWorld,
  nodes: readonly ManifestNode[],
  { resolve, keepGoing }: Pick<UpdateRequest, "resolve" | "keepGoing">,
) {
  return await collect(world, nodes, (node) => newsOf(node, resolve), {
    label: "Looking for newer versions",
    nameOf: ({ id }) => id,
    keepGoing,
  });
}

async function newsOf(node: ManifestNode, resolve: ResolveNode): Promise<NodeNews> {
  switch (node.source) {
    case "registry":
      return { node, newest: await resolve(node.registryId ?? node.id) };
    case "git": {
      if (node.repository === undefined) return { node, why: "the manifest names no repository" };
      if (node.ref !== undefined && isObjectId(node.ref)) {
        return { node, why: `it was asked for at ${node.ref.slice(0, 8)}` };
      }
      const ref = node.ref === undefined ? "" : `@${node.ref}`;
      const inner = node.subdirectory === undefined ? "" : `#subdirectory=${node.subdirectory}`;
      return { node, newest: await resolve(`${node.repository}${ref}${inner}`, { git: true }) };
    }
    case "local":
      return { node, why: "it came from a directory of this machine" };
    case "development":
      return { node, why: "it is in development" };
  }
}

/** Whether a pack is older than the newest that can be had. */
export function isOutdated({ node, newest }: NodeNews): boolean {
  if (newest?.source === "registry") return newest.version !== node.version;
  return newest?.source === "git" && newest.commit !== node.commit;
}

async function decide(
  world: EnvironmentWorld,
  state: EnvironmentState,
  request: UpdateRequest,
): Promise<NodeDecision> {
  const { keepGoing = false, runScripts, discard = false } = request;
  const found = await lookUp(world, chosen(state, request.named), request);
  const restored: ManifestNode[] = [];
  const described = await collect(
    world,
    found.results,
    async (news): Promise<NodeChange> => {
      const { node, newest } = news;
      if (!isOutdated(news) || !newest) {
        const changed = discard ? await readLocalChanges(world, state.manifest, node.id) : [];
        if (changed.length === 0) return keptNode(node, news.why ?? "it is the newest");
        restored.push(node);
        const { id, name } = node;
        return {
          id,
          name,
          action: "updated",
          before: node,
          after: node,
          findings: [],
          scripts: [],
        };
      }
      if (!discard) await refuseLocalChanges(world, state.manifest, node);
      const obtained = await obtainNode(world, newest);
      const { directory = obtained.directory } = node;
      return await describeArrival({
        obtained,
        action: "updated",
        before: node,
        facts: { directory },
        runScripts,
      });
    },
    { label: "Getting node packs", nameOf: ({ node }) => node.id, keepGoing },
  );
  return {
    changes: described.results,
    failures: [...found.failures, ...described.failures],
    prepare: (transaction) => restore(world, transaction, state, restored),
    finish: (manifest, changes) => runPackScripts(world, manifest, changes),
  };
}

/** Puts packs anew that were changed by hand; as they are, they go to the trash. */
async function restore(
  world: EnvironmentWorld,
  transaction: Transaction,
  { manifest }: EnvironmentState,
  nodes: readonly ManifestNode[],
): Promise<void> {
  if (nodes.length === 0) return;
  const ids = new Set(nodes.map(({ id }) => id));
  for (const old of (await surveyNodes(world, manifest, { ids })).nodes) {
    if (old.node.source === "development") {
      throw new ComfydockError(
        nodeChangeErrors.NODE_REFUSED,
        `Cannot restore the node pack ${old.node.id}: it is in development`,
      );
    }
    const obtained = await obtainRecorded(world, old.node);
    const target = old.active ? old.places.enabled : old.places.disabled;
    await putNode(world, transaction, { obtained, target, old });
  }
}
