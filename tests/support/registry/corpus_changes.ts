import {
  type Corpus,
  type CorpusClass,
  type CorpusPackage,
  type CorpusVersion,
  toCorpusPackage,
  toCorpusVersion,
} from "../../../src/demo/sample_registry/mod.ts";

/** A corpus from which packages have vanished. */
export function withoutPackages(corpus: Corpus, ids: readonly string[]): Corpus {
  return { packages: corpus.packages.filter(({ id }) => !ids.includes(id)) };
}

/** A corpus in which a version has another status, such as `NodeVersionStatusBanned`. */
export function withVersionStatus(
  corpus: Corpus,
  id: string,
  version: string,
  status: string,
): Corpus {
  return withPackage(
    corpus,
    id,
    (entry) =>
      rebuilt(
        entry,
        entry.versions.map((one) => one.version === version ? restated(one, status) : one),
      ),
  );
}

/**
 * A corpus with broken records between the good ones; a client that skips them ends with what the good ones say.
 *
 * A package with a number for an id comes after each `every` packages; every `every`-th package moreover has a version
 * whose number is missing and one whose dependencies are a text, and a class without a name.
 */
export function withOddRecords(corpus: Corpus, every: number): Corpus {
  const packages = corpus.packages.flatMap((entry, index) =>
    index % every === every - 1 ? [withOddVersions(entry), oddPackage(index)] : [entry]
  );
  return { packages };
}

function withOddVersions(entry: CorpusPackage): CorpusPackage {
  const [newest] = entry.versions;
  if (!newest) return entry;
  const record = JSON.parse(newest.whole);
  const odd = [
    JSON.stringify({ ...record, id: "odd-1", version: null }),
    JSON.stringify({ ...record, id: "odd-2", version: "999.0.0", dependencies: "numpy" }),
  ].map((text, place): CorpusVersion => ({
    version: `odd-${place}`,
    status: newest.status,
    listed: text,
    whole: text,
    classes: [],
  }));
  const changed = new Map<readonly CorpusClass[], readonly CorpusClass[]>();
  const versions = entry.versions.map((version) => {
    if (version.classes.length === 0) return version;
    const classes = changed.get(version.classes) ?? [oddClass, ...version.classes];
    changed.set(version.classes, classes);
    return { ...version, classes };
  });
  return { ...entry, versions: [...versions, ...odd] };
}

const oddClass: CorpusClass = {
  name: "odd",
  json: '{"comfy_node_name":{"deep":["wrong"]},"category":7,"input_types":[]}',
};

function oddPackage(index: number): CorpusPackage {
  return {
    id: `odd-package-${index}`,
    name: "odd",
    status: "NodeStatusActive",
    repository: "",
    createdAt: "",
    downloads: 0,
    stars: 0,
    json: `{"id":${index},"name":null,"publisher":"text","latest_version":[1]}`,
    versions: [],
  };
}

function restated(version: CorpusVersion, status: string): CorpusVersion {
  const record = { ...JSON.parse(version.whole), status };
  return toCorpusVersion(record, version.classes, { hideUrl: version.listed !== version.whole });
}

function rebuilt(entry: CorpusPackage, versions: readonly CorpusVersion[]): CorpusPackage {
  const { latest_version: _, ...record } = JSON.parse(entry.json);
  return toCorpusPackage(record, versions);
}

function withPackage(
  corpus: Corpus,
  id: string,
  change: (entry: CorpusPackage) => CorpusPackage,
): Corpus {
  return { packages: corpus.packages.map((entry) => entry.id === id ? change(entry) : entry) };
}
