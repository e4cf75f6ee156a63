import type { JsonRecord } from "../../base/mod.ts";
import type { MappedPackage } from "../../mappings/mod.ts";
import type { MappingsView } from "../../mappings/draft/mod.ts";
import { hasKind } from "./structure.ts";

/** The mappings as the checks read them: not trusted in any way, and passed through once for each part. */
export interface MappingsContent {
  /** All but the two long parts. */
  readonly head: JsonRecord;
  /** Absent when it is no object; the same holds for `keys`. */
  readonly packages?: () => Iterable<readonly [id: string, pack: unknown]>;
  readonly keys?: () => Iterable<readonly [key: string, entries: unknown]>;
  /** What stands in the place of a part that is absent. */
  readonly instead: Readonly<Record<"packages" | "mappings", unknown>>;
  packageOf(id: string): unknown;
  /** Tells whether a package has a version; nothing when there is no such package or its versions cannot be read. */
  hasVersion(id: string): ((version: string) => boolean) | undefined;
  hasPackage(id: string): boolean;
}

/** The parts of mappings that the comparison with a cache needs. */
export interface ComparedMappings {
  readonly ids: Iterable<string>;
  packageOf(id: string): MappedPackage | undefined;
}

/** A parsed file as content to check. */
export function contentOf(root: JsonRecord): MappingsContent {
  const { packages, mappings } = root;
  const byId = hasKind(packages, "record") ? packages as JsonRecord : undefined;
  const byKey = hasKind(mappings, "record") ? mappings as JsonRecord : undefined;
  const packageOf = (id: string) => byId && Object.hasOwn(byId, id) ? byId[id] : undefined;
  return {
    head: root,
    packages: byId && (() => members(byId)),
    keys: byKey && (() => members(byKey)),
    instead: { packages, mappings },
    packageOf,
    hasPackage: (id) => packageOf(id) !== undefined,
    hasVersion(id) {
      const versions = (packageOf(id) as { readonly versions?: unknown } | null | undefined)
        ?.versions;
      return hasKind(versions, "record")
        ? (version) => Object.hasOwn(versions as JsonRecord, version)
        : undefined;
    },
  };
}

/** Mappings that are about to be written as content to check. */
export function contentOfView(view: MappingsView): MappingsContent {
  return {
    head: { ...view.head },
    packages: () => view.packages(),
    keys: () => view.keys(),
    instead: { packages: undefined, mappings: undefined },
    packageOf: (id) => view.packageOf(id),
    hasPackage: (id) => view.versionsOf(id) !== undefined,
    hasVersion(id) {
      const versions = view.versionsOf(id);
      return versions && ((version) => versions.includes(version));
    },
  };
}

/** The part of checked content that a cache is compared with: the packages of the registry. */
export function comparedOf(content: MappingsContent): ComparedMappings {
  return {
    ids: registryIds(content),
    packageOf: (id) => content.packageOf(id) as MappedPackage | undefined,
  };
}

function* registryIds({ packages }: MappingsContent): Generator<string> {
  for (const [id, pack] of packages?.() ?? []) {
    if ((pack as MappedPackage).source !== "manager") yield id;
  }
}

function* members(record: JsonRecord): Generator<readonly [string, unknown]> {
  for (const key in record) yield [key, record[key]];
}
