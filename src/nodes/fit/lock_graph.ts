import { parseToml } from "../../base/mod.ts";
import { normalizePackageName } from "../../pyproject/mod.ts";

/** A package of a `uv.lock`, in one version. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly LockedDependency[];
  readonly extras: Readonly<Record<string, readonly LockedDependency[]>>;
}

/** What a package or group of a lock needs. */
export interface LockedDependency {
  readonly name: string;
  /** Only where the lock has several versions of it. */
  readonly version?: string;
  readonly extras: readonly string[];
}

/** A `uv.lock` as far as it tells who needs what. */
export interface LockGraph {
  readonly packages: readonly LockedPackage[];
  /** What the project itself asks for. */
  readonly own: readonly LockedDependency[];
  /** What its dependency groups ask for. */
  readonly groups: ReadonlyMap<string, readonly LockedDependency[]>;
}

/**
 * Reads who needs what from a `uv.lock` (https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile).
 *
 * @throws `DATA_INVALID`
 */
export function readLockGraph(lockText: string): LockGraph {
  const tables = listOf(parseToml(lockText, "uv.lock").package).filter(isTable);
  const root = tables.find(({ source }) =>
    isTable(source) && (source.virtual === "." || source.editable === ".")
  );
  const packages = tables.filter((table) => table !== root).map((table) => ({
    name: textOf(table.name),
    version: textOf(table.version),
    dependencies: dependenciesOf(table.dependencies),
    extras: dependencyLists(table["optional-dependencies"]),
  }));
  return {
    packages,
    own: dependenciesOf(root?.dependencies),
    groups: new Map(
      Object.entries(dependencyLists(root?.["dev-dependencies"])).map(([name, list]) => [
        normalizePackageName(name),
        list,
      ]),
    ),
  };
}

const PACKAGE = /^\[\[package\]\]\r?\nname = "([^"\r\n]+)"\r?\nversion = "([^"\r\n]+)"/gm;

/** The versions of every package of a lock, by name. */
export function lockedVersions(
  lockText: string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [, name = "", version = ""] of (lockText ?? "").matchAll(PACKAGE)) {
    found.set(name, [...found.get(name) ?? [], version]);
  }
  return found;
}

type Table = Readonly<Record<string, unknown>>;

function dependencyLists(value: unknown): Record<string, readonly LockedDependency[]> {
  const table = isTable(value) ? value : {};
  return Object.fromEntries(
    Object.entries(table).map(([name, list]) => [name, dependenciesOf(list)]),
  );
}

function dependenciesOf(value: unknown): readonly LockedDependency[] {
  return listOf(value).filter(isTable).map(({ name, version, extra }) => ({
    name: textOf(name),
    ...(typeof version === "string" && { version }),
    extras: listOf(extra).map(textOf),
  }));
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
