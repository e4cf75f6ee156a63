import { editManifest } from "../../pyproject/mod.ts";
import { withOnly } from "./exclusions.ts";
import { groupEdits } from "./group_edits.ts";
import { listedRequirements } from "../requirements/mod.ts";
import { leadingName } from "./conflict.ts";
import { tryFit } from "./try_fit.ts";
import type { FitConflict, FitPack, FitProject, FitRemedy, TrialResolver } from "./types.ts";

/** A version of a pack, and what the index says that it asks for. */
export interface ListedVersion {
  readonly version: string;
  readonly requirements: readonly string[];
}

/** What the search for help may use. */
export interface RemedyOptions {
  /** The packs that are asked about and not installed yet: they are what may be exchanged or left out first. */
  readonly candidates: ReadonlySet<string>;
  /** The other live versions of a pack, the best first; empty for packs without versions. */
  readonly versionsOf: (id: string) => Promise<readonly ListedVersion[]>;
  /** What is known of a choice of packs without a trial; by default nothing. */
  readonly known?: (ids: readonly string[]) => boolean | undefined;
  /** How many resolutions may be tried for one conflict; by default 6. */
  readonly trials?: number;
}

const TRIALS = 6;
const VERSIONS_OF_A_PACK = 4;

/**
 * Finds what would help against a conflict: a version of a pack that fits, or an installed pack to disable. Each was
 * tried, as far as the index knows what a version asks for.
 *
 * @throws what {@linkcode tryFit} throws
 */
export async function findRemedies(
  project: FitProject,
  conflict: FitConflict,
  resolve: TrialResolver,
  { candidates, versionsOf, known, trials = TRIALS }: RemedyOptions,
): Promise<readonly FitRemedy[]> {
  const remedies: FitRemedy[] = [];
  let left = trials;
  const fits = async (changed: FitProject) => left-- > 0 && (await tryFit(changed, resolve)).fits;
  const parties = project.packs.filter(({ id }) => conflict.packs.includes(id))
    .sort((a, b) => Number(candidates.has(b.id)) - Number(candidates.has(a.id)));
  for (const pack of parties) {
    const versions = pack.hasVersions === false ? [] : await versionsOf(pack.id);
    for (const listed of differing(pack, conflict, versions)) {
      const changed = withVersion(project, pack, listed);
      if (!await fits(changed.project)) continue;
      remedies.push({
        command: `comfydock node add ${pack.id}@${listed.version}`,
        effect: `${pack.name} ${listed.version} asks for ${changed.asks}, and fits`,
      });
      break;
    }
  }
  const installed = parties.filter(({ id }) => !candidates.has(id));
  for (const pack of installed) {
    const others = project.packs.filter(({ id }) => id !== pack.id);
    const answer = known?.(others.map(({ id }) => id)) ?? await fits(withOnly(project, others));
    if (!answer) continue;
    remedies.push({
      command: `comfydock node disable ${pack.id}`,
      effect: `without ${pack.name} the others fit`,
    });
  }
  return remedies;
}

// A version that says the same about what is contested can be passed over without a trial.
function differing(
  pack: FitPack,
  { sides }: FitConflict,
  versions: readonly ListedVersion[],
): readonly ListedVersion[] {
  const contested = new Set(
    sides.filter((side) => side.pack === pack.id)
      .map(({ asked, requirement }) => leadingName(asked ?? requirement)),
  );
  const aboutIt = (requirements: readonly string[]) =>
    requirements.filter((text) => contested.has(leadingName(text.trim())))
      .map((text) => text.replace(/\s+|#.*/g, "")).sort().join();
  const seen = new Set([aboutIt(pack.requirements.map(({ requirement }) => requirement))]);
  const others = versions.filter(({ version, requirements }) => {
    // The registry's list may leave out what the files of that very version ask for.
    if (version === pack.version) return false;
    const words = aboutIt(requirements);
    return !seen.has(words) && seen.add(words);
  });
  return others.slice(0, VERSIONS_OF_A_PACK);
}

function withVersion(
  project: FitProject,
  pack: FitPack,
  { requirements }: ListedVersion,
): { project: FitProject; asks: string } {
  const { edits, items } = groupEdits(pack.id, listedRequirements(requirements), project.torch);
  const manifestText = editManifest(project.manifestText, edits, project.path);
  const packs = project.packs.map((one) =>
    one.id === pack.id ? { ...one, requirements: items } : one
  );
  const asks = items.length === 0 ? "nothing" : items.map((item) => item.requirement).join(", ");
  return { project: { ...project, manifestText, packs }, asks };
}
