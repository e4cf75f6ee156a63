import { mapConcurrent } from "../../base/mod.ts";
import { editManifest, nodeGroupName, removeGroup } from "../../pyproject/mod.ts";
import { tryFit } from "./try_fit.ts";
import type { FitConflict, FitPack, FitProject, TrialResolver } from "./types.ts";

/** Which packs exclude each other, and a choice that fits. */
export interface Exclusions {
  readonly conflicts: readonly FitConflict[];
  /** Ids of packs that fit together; of rivals the first in the list stays. */
  readonly fitting: readonly string[];
  /** All choices of packs that were seen to fit, by id. */
  readonly seen: readonly ReadonlySet<string>[];
  /** The lock of `fitting`; absent when the environment itself does not resolve. */
  readonly lockText?: string;
}

/**
 * Finds which packs exclude each other, by trials: one for all, one for each pack that has to go, and one for each
 * that shows whether it has further rivals among those that stay.
 *
 * uv names the parties of a conflict. Where it does not, halving finds them.
 *
 * @param project In the order of preference: of rivals the last has to go.
 * @throws what {@linkcode tryFit} throws
 */
export async function findExclusions(
  project: FitProject,
  resolve: TrialResolver,
): Promise<Exclusions> {
  const conflicts: FitConflict[] = [];
  const seen: ReadonlySet<string>[] = [];
  const gone: { pack: FitPack; rivals: ReadonlySet<string> }[] = [];
  let fitting = project.packs;
  let lockText: string | undefined;
  for (;;) {
    const outcome = await tryFit(withOnly(project, fitting), resolve);
    if (outcome.fits) {
      lockText = outcome.lockText;
      seen.push(idsOf(fitting));
      break;
    }
    const conflict = await nameParties(project, fitting, outcome.conflict, resolve);
    conflicts.push(conflict);
    const parties = fitting.filter(({ id }) => conflict.packs.includes(id));
    const pack = parties.at(-1);
    if (!pack) break;
    fitting = fitting.filter(({ id }) => id !== pack.id);
    gone.push({ pack, rivals: new Set(conflict.packs.filter((id) => id !== pack.id)) });
  }
  // What is resolved already is not looked up again.
  const started = { ...project, lockText: project.lockText ?? lockText };
  const search = ({ pack, rivals }: typeof gone[number]) =>
    findFurther(started, fitting, pack, rivals, resolve);
  const lonely = gone.filter(({ rivals }) => rivals.size > 0);
  for await (const further of mapConcurrent(lonely, search, { limit: AT_ONCE })) {
    conflicts.push(...further.conflicts);
    if (further.seen) seen.push(further.seen);
  }
  return { conflicts, fitting: fitting.map(({ id }) => id), seen, lockText };
}

const AT_ONCE = 2;

/** A project with some of its packs alone. */
export function withOnly(project: FitProject, packs: readonly FitPack[]): FitProject {
  const kept = new Set(packs.map(({ id }) => id));
  const dropped = project.packs.filter(({ id }) => !kept.has(id));
  if (dropped.length === 0) return project;
  const edits = dropped.map(({ id }) => removeGroup(nodeGroupName(id)));
  return {
    ...project,
    packs,
    manifestText: editManifest(project.manifestText, edits, project.path),
  };
}

async function findFurther(
  project: FitProject,
  fitting: readonly FitPack[],
  pack: FitPack,
  known: ReadonlySet<string>,
  resolve: TrialResolver,
): Promise<{ conflicts: readonly FitConflict[]; seen?: ReadonlySet<string> }> {
  const conflicts: FitConflict[] = [];
  const rivals = new Set(known);
  for (;;) {
    const others = fitting.filter(({ id }) => !rivals.has(id));
    const outcome = await tryFit(withOnly(project, [...others, pack]), resolve);
    if (outcome.fits) return { conflicts, seen: idsOf([...others, pack]) };
    const conflict = await nameParties(project, [...others, pack], outcome.conflict, resolve);
    conflicts.push(conflict);
    const more = conflict.packs.filter((id) => id !== pack.id && !rivals.has(id));
    if (more.length === 0) return { conflicts };
    more.forEach((id) => rivals.add(id));
  }
}

function idsOf(packs: readonly FitPack[]): ReadonlySet<string> {
  return new Set(packs.map(({ id }) => id));
}

async function nameParties(
  project: FitProject,
  packs: readonly FitPack[],
  conflict: FitConflict,
  resolve: TrialResolver,
): Promise<FitConflict> {
  if (conflict.packs.length > 0 || packs.length === 0) return conflict;
  const culprits = await isolate(project, packs, resolve);
  return { ...conflict, packs: culprits.map(({ id }) => id) };
}

// QuickXplain (Junker 2004): the smallest choice that still fails, in few trials when it is small.
async function isolate(
  project: FitProject,
  packs: readonly FitPack[],
  resolve: TrialResolver,
): Promise<readonly FitPack[]> {
  const fails = async (chosen: readonly FitPack[]) =>
    !(await tryFit(withOnly(project, chosen), resolve)).fits;
  const search = async (
    background: readonly FitPack[],
    candidates: readonly FitPack[],
    grown: boolean,
  ): Promise<readonly FitPack[]> => {
    if (grown && await fails(background)) return [];
    if (candidates.length === 1) return candidates;
    const middle = Math.ceil(candidates.length / 2);
    const [left, right] = [candidates.slice(0, middle), candidates.slice(middle)];
    const second = await search([...background, ...left], right, left.length > 0);
    const first = await search([...background, ...second], left, second.length > 0);
    return [...first, ...second];
  };
  return await fails([]) ? [] : await search([], packs, false);
}
