import type { ObtainedNode } from "../../nodes/mod.ts";
import type { ManifestNode } from "../../pyproject/mod.ts";
import type { Follower, FollowFacts, FollowStep } from "../followers/types.ts";
import type { EnvironmentWorld } from "../types.ts";
import { collect } from "./collect.ts";
import { nodePlaces } from "./places.ts";
import { putNode, takeNodeAway } from "./put.ts";
import { type SurveyedNode, surveyNodes } from "./survey.ts";

/** Brings the node packs on disk to what the manifest says. */
export const nodeFollower: Follower = { part: "nodes", plan: planNodes };

async function planNodes(facts: FollowFacts): Promise<readonly FollowStep[]> {
  const { world, manifest, earlier } = facts;
  const before = earlier?.manifest?.nodes ?? {};
  const { nodes } = await surveyNodes(world, manifest);
  const missing: ManifestNode[] = [];
  const obtain = obtainOnce(world, missing);
  const steps = nodes.flatMap((found) => {
    const step = stepOf(world, found, { before: before[found.node.id], obtain });
    if (step?.places) missing.push(found.node);
    return step ? [step.step] : [];
  });
  const gone = Object.values(before).filter((node) => movedAway(facts, node));
  return [...gone.map((node) => removal(world, node)), ...steps];
}

type Obtain = (node: ManifestNode) => Promise<ObtainedNode>;

// All that is missing is fetched together when the first pack is put in its place.
function obtainOnce(world: EnvironmentWorld, missing: readonly ManifestNode[]): Obtain {
  let all: Promise<ReadonlyMap<string, ObtainedNode>> | undefined;
  // What fetches packs is loaded when one is missing: most commands find all in their places.
  const obtainRecorded: Obtain = async (node) => {
    const nodes = await import("../../nodes/mod.ts");
    return await nodes.obtainRecorded(world, node);
  };
  const obtainAll = async () => {
    const get = async (node: ManifestNode) => [node.id, await obtainRecorded(node)] as const;
    const options = { label: "Getting node packs", nameOf: ({ id }: ManifestNode) => id };
    return new Map((await collect(world, missing, get, options)).results);
  };
  return async (node) => {
    all ??= obtainAll();
    return (await all).get(node.id) ?? await obtainRecorded(node);
  };
}

function movedAway({ world: { environment }, manifest }: FollowFacts, node: ManifestNode): boolean {
  const now = manifest.nodes[node.id];
  return !now ||
    nodePlaces(environment, now).directory !== nodePlaces(environment, node).directory;
}

function removal(world: EnvironmentWorld, node: ManifestNode): FollowStep {
  return {
    part: "nodes",
    subject: node.id,
    problem: `The node pack ${node.name} is no longer in the manifest`,
    remedy: "take it away",
    apply: async (transaction) => {
      const { nodes } = await surveyNodes(world, { nodes: { [node.id]: node } });
      for (const found of nodes) await takeNodeAway(world, transaction, found);
    },
  };
}

interface Circumstances {
  /** What the manifest said before. */
  readonly before?: ManifestNode;
  readonly obtain: Obtain;
}

interface PlannedStep {
  readonly step: FollowStep;
  /** Whether files of the pack are needed. */
  readonly places: boolean;
}

function stepOf(
  world: EnvironmentWorld,
  found: SurveyedNode,
  { before, obtain }: Circumstances,
): PlannedStep | undefined {
  const { node, places, active, path, loaded, leftover, tree, otherVersion, isElsewhere } = found;
  const target = active ? places.enabled : places.disabled;
  const told = (problem: string, hint: string, will = true): PlannedStep => ({
    step: { part: "nodes", subject: node.id, problem, hint, told: will },
    places: false,
  });
  const { name } = world.environment;
  const put = (problem: string, remedy: string, old?: SurveyedNode): PlannedStep => {
    if (isElsewhere) return told(problem, `Run comfydock node add PATH --env ${name}`);
    const step: FollowStep = {
      part: "nodes",
      subject: node.id,
      problem,
      remedy,
      apply: async (transaction) =>
        await putNode(world, transaction, { obtained: await obtain(node), target, old }),
    };
    return { step, places: true };
  };
  if (path === undefined) {
    const problem = `The node pack ${node.name} is missing`;
    if (node.source !== "development") return put(problem, "put it in its place");
    return told(problem, `Run comfydock node add --dev PATH --env ${name}`);
  }
  if (node.treeSha256 !== undefined && tree?.kind === "tree" && tree.tree !== node.treeSha256) {
    return put(`Another version of the node pack ${node.name} is there`, "exchange it", found);
  }
  const exchanged = otherVersion !== undefined ||
    (before !== undefined && before.treeSha256 !== node.treeSha256);
  if (tree?.kind === "changed" && node.treeSha256 !== undefined && exchanged) {
    const problem = `Another version of the node pack ${node.name} is there, with local changes`;
    return put(problem, "move it to the trash and put the right one in its place", found);
  }
  if (loaded !== active) {
    return {
      step: {
        part: "nodes",
        subject: node.id,
        problem: `The node pack ${node.name} is ${loaded ? "enabled" : "disabled"}`,
        remedy: active ? "enable it" : "disable it",
        apply: (transaction) => transaction.move(path, target),
      },
      places: false,
    };
  }
  if (leftover !== undefined) {
    return {
      step: {
        part: "nodes",
        subject: node.id,
        problem: `The node pack ${node.name} is there twice, enabled and disabled`,
        remedy: `move the ${active ? "disabled" : "enabled"} copy to the trash`,
        apply: (transaction) => transaction.trash(leftover),
      },
      places: false,
    };
  }
  if (tree?.kind !== "changed") return undefined;
  return told(
    `The node pack ${node.name} has local changes: ${shorten(tree.changed)}`,
    `Run comfydock node update ${node.id} --discard --env ${name} if they are not wanted`,
  );
}

const SHOWN = 3;

function shorten(paths: readonly string[]): string {
  const more = paths.length - SHOWN;
  return paths.slice(0, SHOWN).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
