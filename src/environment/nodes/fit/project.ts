import { mapConcurrent } from "../../../base/mod.ts";
import {
  type FitPack,
  type FitProject,
  readPackRequirements,
  type TrialResolver,
} from "../../../nodes/mod.ts";
import {
  type ManifestNode,
  nodeGroupName,
  readManifest,
  readTorchBackends,
} from "../../../pyproject/mod.ts";
import { resolveManifest } from "../../manifest_change/mod.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { nodePlaces } from "../places.ts";
import { requirementsOf } from "../plan.ts";

/** Which manifest is asked about, and what is known around it. */
export interface FitProjectRequest {
  readonly manifestText: string;
  readonly lockText?: string;
  /** Directories of packs that do not lie in their places yet, by id. */
  readonly trees?: ReadonlyMap<string, string>;
  /** Ids of packs that come last: of rivals they have to go. */
  readonly candidates?: ReadonlySet<string>;
  /** Whether the packs' files are read for the lines that ask; by default they are. */
  readonly places?: boolean;
}

const AT_ONCE = 8;

/**
 * Puts together what a fit check needs: the enabled packs of a manifest and the lines in which they ask.
 *
 * @throws `MANIFEST_INVALID`, `FILE_UNREADABLE`
 */
export async function readFitProject(
  world: EnvironmentWorld,
  { manifestText, lockText, trees, candidates, places = true }: FitProjectRequest,
): Promise<FitProject> {
  const { environment, signal } = world;
  const path = environment.manifest;
  const manifest = readManifest(manifestText, path);
  const nodes = Object.values(manifest.nodes).filter(({ enabled }) => enabled);
  const describe = async (node: ManifestNode): Promise<FitPack> => {
    const { id, name, source, version } = node;
    const items = requirementsOf(manifest, id);
    const tree = trees?.get(id) ?? nodePlaces(environment, node).enabled;
    const { requirements, constraints } = places && items.length > 0
      ? await readPackRequirements(tree)
      : { requirements: [], constraints: [] };
    const placed = new Map(
      [...constraints, ...requirements].map((item) => [item.requirement, item]),
    );
    const own = items.map((requirement) => placed.get(requirement) ?? { requirement });
    return { id, name, version, hasVersions: source === "registry", requirements: own };
  };
  const packs = new Map<string, FitPack>();
  for await (const pack of mapConcurrent(nodes, describe, { limit: AT_ONCE, signal })) {
    packs.set(pack.id, pack);
  }
  const isCandidate = ({ id }: ManifestNode) => Number(candidates?.has(id) ?? false);
  const ordered = nodes.toSorted((a, b) => isCandidate(a) - isCandidate(b));
  return {
    manifestText,
    path,
    lockText,
    packs: ordered.map(({ id }) => packs.get(id)!),
    torch: await readTorchBackends(),
  };
}

/** The resolver of an environment; equal questions get the answer, or the error, that they got before. */
export function trialResolver(world: EnvironmentWorld): TrialResolver {
  const known = new Map<string, Promise<string>>();
  return (manifestText, lockText) => {
    const key = `${manifestText}\0${lockText ?? ""}`;
    const answer = known.get(key) ?? resolveManifest(world, {
      manifestText,
      manifest: readManifest(manifestText, world.environment.manifest),
      before: { lockText },
    });
    known.set(key, answer);
    return answer;
  };
}

/** The ids of packs whose groups differ between two manifests. */
export function changedPacks(
  before: string,
  after: string,
  path: string,
): ReadonlySet<string> {
  const [old, now] = [readManifest(before, path), readManifest(after, path)];
  const groupOf = ({ groups }: typeof old, id: string) =>
    JSON.stringify(groups[nodeGroupName(id)] ?? []);
  const ids = Object.keys(now.nodes).filter((id) => groupOf(old, id) !== groupOf(now, id));
  return new Set(ids);
}
