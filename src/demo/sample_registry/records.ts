import type { Corpus, CorpusClass, CorpusPackage, CorpusVersion } from "./types.ts";

/** A package as the API shows it, without its `latest_version`. */
export interface NodeRecord {
  readonly id: string;
  readonly name: string;
  readonly repository: string;
  readonly status: string;
  readonly created_at: string;
  readonly downloads: number;
  readonly github_stars: number;
  readonly [field: string]: unknown;
}

/** A version as the API shows it. */
export interface VersionRecord {
  readonly version: string;
  readonly status: string;
  readonly downloadUrl: string;
  readonly [field: string]: unknown;
}

/** A node class as the API shows it. */
export interface ClassRecord {
  readonly comfy_node_name: string;
  readonly [field: string]: unknown;
}

/**
 * Prepares a version to be sent.
 *
 * @param record The whole record with its real `downloadUrl`.
 * @param classes Its classes; none when the registry has not read them.
 * @param options `hideUrl`: lists show an empty `downloadUrl`, as the registry often does.
 */
export function toCorpusVersion(
  record: VersionRecord,
  classes: readonly CorpusClass[],
  options: { readonly hideUrl?: boolean } = {},
): CorpusVersion {
  const whole = JSON.stringify(record);
  const listed = options.hideUrl ? JSON.stringify({ ...record, downloadUrl: "" }) : whole;
  return { version: record.version, status: record.status, listed, whole, classes };
}

/** Prepares a node class to be sent. */
export function toCorpusClass(record: ClassRecord): CorpusClass {
  return { name: record.comfy_node_name, json: JSON.stringify(record) };
}

/**
 * Prepares a package to be sent; `latest_version` becomes its newest active version, or null.
 *
 * @param record The package.
 * @param versions Its versions, newest first.
 */
export function toCorpusPackage(
  record: NodeRecord,
  versions: readonly CorpusVersion[],
): CorpusPackage {
  const latest = versions.find(({ status }) => status === "NodeVersionStatusActive");
  const own = JSON.stringify(record);
  return {
    id: record.id,
    name: record.name,
    status: record.status,
    repository: record.repository,
    createdAt: record.created_at,
    downloads: record.downloads,
    stars: record.github_stars,
    json: `${own.slice(0, -1)},"latest_version":${latest?.listed ?? "null"}}`,
    versions,
  };
}

/** How many packages, versions and node records a corpus holds. */
export function corpusSize(
  corpus: Corpus,
): { readonly packages: number; readonly versions: number; readonly classes: number } {
  let versions = 0;
  let classes = 0;
  for (const entry of corpus.packages) {
    versions += entry.versions.length;
    for (const version of entry.versions) classes += version.classes.length;
  }
  return { packages: corpus.packages.length, versions, classes };
}
