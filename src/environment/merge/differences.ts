import { isTable, type TomlValue } from "../../pyproject/mod.ts";
import type { FieldDifference } from "./types.ts";

/** What is told of one side's value, in characters, and of one conflict, in fields. */
const LONGEST = 200;
const MOST = 50;

/** One place of a subject: its name, and what each side has there. */
export interface PlaceSides {
  readonly kind: FieldDifference["kind"];
  /** Path in the manifest, or of a file. */
  readonly place: readonly string[];
  readonly ours: TomlValue | undefined;
  readonly theirs: TomlValue | undefined;
}

/** Tells where two sides differ, field by field, and what each has there. */
export function findDifferences(places: readonly PlaceSides[]): readonly FieldDifference[] {
  return places.flatMap(compare).slice(0, MOST);
}

function compare({ kind, place, ours, theirs }: PlaceSides): readonly FieldDifference[] {
  const [own, other] = [leaves(ours, place), leaves(theirs, place)];
  const fields = [...new Set([...own.keys(), ...other.keys()])];
  return fields.flatMap((field) => {
    const [mine = null, its = null] = [own.get(field), other.get(field)];
    return mine === its ? [] : [{ kind, field, ours: mine, theirs: its }];
  });
}

/** The plain values below a place; those of a table by their names in it, any other by the place. */
function leaves(value: TomlValue | undefined, place: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (inner: TomlValue | undefined, path: readonly string[]) => {
    if (inner === undefined) return;
    if (!isTable(inner)) found.set((path.length === 0 ? place : path).join("."), shown(inner));
    else for (const [key, each] of Object.entries(inner)) walk(each, [...path, key]);
  };
  walk(value, []);
  return found;
}

function shown(value: TomlValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
