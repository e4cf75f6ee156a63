import { conflictError, findRemedies, type RemedyOptions, tryFit } from "../../../nodes/mod.ts";
import { readManifest } from "../../../pyproject/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../../types.ts";
import { changedPacks, type FitProjectRequest, readFitProject, trialResolver } from "./project.ts";

/** What a change of node packs comes to, before anything is touched. */
export interface FitRequest extends Pick<FitProjectRequest, "manifestText" | "trees"> {
  /** The environment as it is. */
  readonly before: Pick<EnvironmentState, "manifestText" | "lockText">;
  /** The other live versions of a pack, to look for help among them; by default none is looked at. */
  readonly versionsOf?: RemedyOptions["versionsOf"];
}

/**
 * Makes sure that the packs of a new manifest fit together and leave PyTorch where it is.
 *
 * @returns The text of the lock that belongs to the manifest.
 * @throws `NODE_CONFLICT`, `NODE_MOVES_TORCH` with the parties, their lines and what would help; what else uv finds
 */
export async function requireFit(
  world: EnvironmentWorld,
  { manifestText, trees, before, versionsOf }: FitRequest,
): Promise<string> {
  const { lockText } = before;
  const resolve = trialResolver(world);
  const request = { manifestText, lockText, trees };
  const bare = await readFitProject(world, { ...request, places: false });
  // What goes wrong goes wrong once more below, where lines and files are told.
  const quick = await tryFit(bare, resolve).catch(() => undefined);
  if (quick?.fits) return quick.lockText;
  const candidates = changedPacks(before.manifestText, manifestText, world.environment.manifest);
  // Only who is refused has to hear which lines it was.
  const project = await readFitProject(world, { ...request, candidates });
  const outcome = await tryFit(project, resolve);
  if (outcome.fits) return outcome.lockText;
  const { conflict } = outcome;
  // Staying as it is would be no advice.
  const present = readManifest(before.manifestText, world.environment.manifest).nodes;
  const remedies = await findRemedies(project, conflict, resolve, {
    candidates,
    versionsOf: async (id) => {
      const listed = await versionsOf?.(id) ?? [];
      return listed.filter(({ version }) => version !== present[id]?.version);
    },
  });
  throw conflictError(conflict, remedies);
}
