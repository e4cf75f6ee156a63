import {
  getAt,
  isArray,
  sameValue,
  type TomlTable,
  type TomlValue,
  withAt,
  withoutAt,
} from "../../pyproject/mod.ts";
import { findDifferences } from "./differences.ts";
import { findSubjects, PACKAGE_LISTS, packageOf, type PlacedSubject } from "./subjects.ts";
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
        differences: findDifferences(placesOf(subject, own!, other!)),
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

function placesOf({ paths, files }: PlacedSubject, ours: Content, theirs: Content) {
  const places = [
    ...paths.map((place) => ({ kind: "field", place }) as const),
    ...files.map((path) => ({ kind: "file", place: [path] }) as const),
  ];
  return places.map((place, at) => ({ ...place, ours: ours[at], theirs: theirs[at] }));
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
  const { base, ours, theirs } = sides;
  let result = ours.tables;
  const put = (path: readonly string[], value: TomlValue | undefined) => {
    result = value === undefined ? withoutAt(result, path) : withAt(result, path, value);
  };
  for (const { paths, package: name } of taken) {
    for (const path of name === undefined ? paths : []) put(path, getAt(theirs.tables, path));
  }
  for (const { path, kind } of PACKAGE_LISTS) {
    const [before, own, other] = [base, ours, theirs].map(({ tables }) => getAt(tables, path));
    if (sameValue(own, other)) continue;
    // Where only they have changed the list, its order is theirs, too.
    if (sameValue(before, own)) put(path, other);
    else {
      const names = new Set(taken.filter((one) => one.kind === kind).map(({ key }) => key));
      if (names.size > 0) put(path, takePackages(own, other, names));
    }
  }
  return result;
}

/** Their requirements for some packages in the place of ours; new ones come last. */
function takePackages(
  own: TomlValue | undefined,
  other: TomlValue | undefined,
  names: ReadonlySet<string>,
): readonly TomlValue[] {
  const theirs = (isArray(other) ? other : []).filter((item) => names.has(packageOf(item)));
  const placed = new Set<string>();
  const kept = (isArray(own) ? own : []).flatMap((item) => {
    const name = packageOf(item);
    if (!names.has(name)) return [item];
    if (placed.has(name)) return [];
    placed.add(name);
    return theirs.filter((item) => packageOf(item) === name);
  });
  return [...kept, ...theirs.filter((item) => !placed.has(packageOf(item)))];
}

function takeFiles({ ours, theirs }: MergeSides, taken: readonly PlacedSubject[]) {
  const paths = new Set(taken.flatMap(({ files }) => files));
  return [...paths].filter((path) => ours.files.get(path) !== theirs.files.get(path)).sort();
}
