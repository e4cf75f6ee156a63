import {
  getAt,
  isArray,
  sameValue,
  type TomlTable,
  type TomlValue,
  withAt,
  withoutAt,
} from "../../pyproject/mod.ts";
import { findSubjects, packageOf, type PlacedSubject } from "./subjects.ts";
import type {
  MergeChange,
  MergeChoice,
  MergeConflict,
  MergeOutcome,
  MergeSide,
  MergeSides,
  MergeSubject,
  Snapshot,
} from "./types.ts";

/**
 * Merges two states of an environment that have one in common, key by key.
 *
 * What one side changed counts; what both changed in the same way, too. What both changed differently is a conflict,
 * and stays as ours until somebody chooses. The lock is not merged: it is resolved anew.
 *
 * @param choice Which side counts in conflicts, for all or by id.
 */
export function mergeSnapshots(sides: MergeSides, choice?: MergeChoice): MergeOutcome {
  const { base, ours, theirs } = sides;
  const taken: PlacedSubject[] = [];
  const changes: MergeChange[] = [];
  const conflicts: MergeConflict[] = [];
  for (const subject of findSubjects(sides)) {
    const [before, own, other] = [base, ours, theirs].map((side) => contentOf(side, subject));
    if (same(own!, other!) || same(before!, other!)) continue;
    if (!same(before!, own!)) {
      const chosen = choiceFor(choice, subject);
      conflicts.push({
        ...plain(subject),
        ours: kindOfChange(before!, own!),
        theirs: kindOfChange(before!, other!),
        ...(chosen && { chosen }),
      });
      if (chosen !== "theirs") continue;
    }
    taken.push(subject);
    changes.push({ ...plain(subject), change: kindOfChange(own!, other!) });
  }
  return {
    tables: takeTables(sides, taken),
    files: takeFiles(sides, taken),
    changes: changes.sort(byId),
    conflicts: conflicts.sort(byId),
  };
}

/** What a snapshot has of a subject: one value for each of its places. */
type Content = readonly (TomlValue | undefined)[];

function contentOf({ tables, files }: Snapshot, subject: PlacedSubject): Content {
  const values = subject.paths.map((path) => {
    const value = getAt(tables, path);
    if (subject.package === undefined || !isArray(value)) return value;
    const own = value.filter((item) => packageOf(item) === subject.package);
    return own.length === 0 ? undefined : own;
  });
  return [...values, ...subject.files.map((path) => files.get(path))];
}

function same(one: Content, other: Content): boolean {
  return one.every((value, at) => sameValue(value, other[at]));
}

function kindOfChange(before: Content, after: Content): MergeChange["change"] {
  const isAbsent = (content: Content) => content.every((value) => value === undefined);
  if (isAbsent(before)) return "added";
  return isAbsent(after) ? "removed" : "changed";
}

function choiceFor(choice: MergeChoice | undefined, { id }: MergeSubject): MergeSide | undefined {
  return typeof choice === "object" ? choice.get(id) : choice;
}

function plain({ id, kind, key }: PlacedSubject): MergeSubject {
  return { id, kind, key };
}

function byId(one: MergeSubject, other: MergeSubject): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

function takeTables(sides: MergeSides, taken: readonly PlacedSubject[]): TomlTable {
  const lists = new Map<string, readonly PlacedSubject[]>();
  let result = sides.ours.tables;
  for (const subject of taken) {
    for (const path of subject.paths) {
      if (subject.package === undefined) {
        const value = getAt(sides.theirs.tables, path);
        result = value === undefined ? withoutAt(result, path) : withAt(result, path, value);
        continue;
      }
      const name = JSON.stringify(path);
      lists.set(name, [...lists.get(name) ?? [], subject]);
    }
  }
  for (const subjects of lists.values()) {
    const path = subjects[0]!.paths[0]!;
    const items = takePackages(sides, path, new Set(subjects.map((one) => one.package)));
    result = items === undefined ? withoutAt(result, path) : withAt(result, path, items);
  }
  return result;
}

/** Their requirements for some packages in the place of ours; new ones come last. */
function takePackages(
  { base, ours, theirs }: MergeSides,
  path: readonly string[],
  names: ReadonlySet<string | undefined>,
): readonly TomlValue[] | undefined {
  const listIn = ({ tables }: Snapshot) => {
    const value = getAt(tables, path);
    return isArray(value) ? value : undefined;
  };
  const [own, other = []] = [listIn(ours), listIn(theirs)];
  // Where only they have changed the list, its order is theirs, too.
  if (sameValue(own, listIn(base))) return listIn(theirs);
  const wanted = (name: string) => other.filter((item) => packageOf(item) === name);
  const placed = new Set<string>();
  const kept = (own ?? []).flatMap((item) => {
    const name = packageOf(item);
    if (!names.has(name)) return [item];
    if (placed.has(name)) return [];
    placed.add(name);
    return wanted(name);
  });
  const added = other.filter((item) => {
    const name = packageOf(item);
    return names.has(name) && !placed.has(name);
  });
  return [...kept, ...added];
}

function takeFiles({ ours, theirs }: MergeSides, taken: readonly PlacedSubject[]) {
  const paths = new Set(taken.flatMap(({ files }) => files));
  return [...paths].filter((path) => ours.files.get(path) !== theirs.files.get(path)).sort();
}
