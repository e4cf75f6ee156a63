import type { Corpus, CorpusPackage, CorpusVersion } from "./types.ts";

/** A corpus with the indexes that its endpoints need, each built when first asked for. */
export interface Catalog {
  /** Finds a package by its id in any letter case. */
  find(id: string): CorpusPackage | undefined;
  /** All packages in the given order, such as `created_at;desc`; in the corpus's own for an unknown one. */
  sorted(order: string): readonly CorpusPackage[];
  /** The versions of a package in the registry's order, which is that of text. */
  versionsOf(entry: CorpusPackage): readonly CorpusVersion[];
  /** Every version, package by package. */
  versions(statuses: readonly string[]): readonly CorpusVersion[];
  /** The package with most downloads that provides a class. */
  provider(className: string): CorpusPackage | undefined;
}

const columns: Readonly<Record<string, (entry: CorpusPackage) => string | number>> = {
  id: (entry) => entry.id,
  name: (entry) => entry.name,
  created_at: (entry) => entry.createdAt,
  downloads: (entry) => entry.downloads,
  github_stars: (entry) => entry.stars,
};

/** Builds the indexes of a corpus. */
export function createCatalog(corpus: Corpus): Catalog {
  const { packages } = corpus;
  let byId: Map<string, CorpusPackage> | undefined;
  let byClass: Map<string, CorpusPackage> | undefined;
  const orders = new Map<string, readonly CorpusPackage[]>();
  const texts = new Map<CorpusPackage, readonly CorpusVersion[]>();
  const flat = new Map<string, readonly CorpusVersion[]>();

  function versionsOf(entry: CorpusPackage): readonly CorpusVersion[] {
    return kept(texts, entry, () =>
      // As in the registry itself: 1.9.0 stands before 1.10.0.
      entry.versions.toSorted((a, b) =>
        a.version < b.version ? 1 : a.version > b.version ? -1 : 0
      ));
  }
  return {
    find(id) {
      byId ??= new Map(packages.map((entry) => [entry.id.toLowerCase(), entry]));
      return byId.get(id.toLowerCase());
    },
    sorted: (order) => kept(orders, order, () => sortPackages(packages, order)),
    versionsOf,
    versions: (statuses) =>
      kept(flat, statuses.join(), () => packages.flatMap(versionsOf).filter(hasStatus(statuses))),
    provider(className) {
      byClass ??= indexClasses(packages);
      return byClass.get(className);
    },
  };
}

/** Whether a version has one of the statuses; any will do when none is named. */
export function hasStatus(statuses: readonly string[]): (version: CorpusVersion) => boolean {
  return ({ status }) => statuses.length === 0 || statuses.includes(status);
}

function sortPackages(packages: readonly CorpusPackage[], order: string): readonly CorpusPackage[] {
  const [name = "", direction] = order.split(";");
  const column = columns[name];
  if (!column) return packages;
  const sign = direction === "desc" ? -1 : 1;
  return packages.toSorted((left, right) => {
    const [a, b] = [column(left), column(right)];
    return a < b ? -sign : a > b ? sign : 0;
  });
}

function indexClasses(packages: readonly CorpusPackage[]): Map<string, CorpusPackage> {
  const index = new Map<string, CorpusPackage>();
  for (const entry of packages.toSorted((a, b) => a.downloads - b.downloads)) {
    for (const { name } of entry.versions[0]?.classes ?? []) index.set(name, entry);
  }
  return index;
}

function kept<Key, Value>(store: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = store.get(key);
  if (value === undefined) {
    value = make();
    store.set(key, value);
  }
  return value;
}
