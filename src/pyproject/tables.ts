import { isTable, type TomlTable, type TomlValue } from "./toml_value.ts";

/** The value at a path, or `undefined`. */
export function getAt(tables: TomlTable, path: readonly string[]): TomlValue | undefined {
  let value: TomlValue | undefined = tables;
  for (const key of path) {
    if (!isTable(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The table at a path; empty when there is none. */
export function tableAt(tables: TomlTable, path: readonly string[]): TomlTable {
  const value = getAt(tables, path);
  return isTable(value) ? value : {};
}

/** The array at a path; empty when there is none. */
export function listAt(tables: TomlTable, path: readonly string[]): readonly TomlValue[] {
  const value = getAt(tables, path);
  return Array.isArray(value) ? value : [];
}

/** A copy in which the value at a path is another; `undefined` takes it away. */
export function withAt(
  tables: TomlTable,
  [key, ...rest]: readonly string[],
  value: TomlValue | undefined,
): TomlTable {
  if (key === undefined) return tables;
  const copy: Record<string, TomlValue | undefined> = Object.assign(Object.create(null), tables);
  const below = isTable(copy[key]) ? copy[key] : Object.create(null);
  if (rest.length > 0) copy[key] = withAt(below, rest, value);
  else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

/** A copy without the value at a path; nothing is made on the way to it. */
export function withoutAt(tables: TomlTable, path: readonly string[]): TomlTable {
  return getAt(tables, path) === undefined ? tables : withAt(tables, path, undefined);
}

/** Like {@linkcode withAt}, for an array that goes when it is empty. */
export function withList(
  tables: TomlTable,
  path: readonly string[],
  items: readonly TomlValue[],
): TomlTable {
  return items.length === 0 ? withoutAt(tables, path) : withAt(tables, path, items);
}
