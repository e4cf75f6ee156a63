import { type Corpus } from "../../../src/demo/sample_registry/mod.ts";

/** Requests of the Python predecessor by kind. */
export interface PredecessorRequests {
  /** Pages of 100 packages. */
  readonly nodePages: number;
  /** One list of versions per package. */
  readonly versionLists: number;
  /** One call per version among the newest, whatever its extract status. */
  readonly metadata: number;
  /** Further pages of classes, 10 a page. */
  readonly furtherPages: number;
  readonly total: number;
}

/** Counts the requests that the Python predecessor makes for a corpus; its calls of `/install` are left out. */
export function predecessorRequests(
  corpus: Corpus,
  { maxVersions }: { readonly maxVersions: number },
): PredecessorRequests {
  const newest = corpus.packages.flatMap(({ versions }) => versions.slice(0, maxVersions));
  const nodePages = Math.ceil(corpus.packages.length / 100);
  const versionLists = corpus.packages.length;
  const metadata = newest.length;
  const furtherPages = newest.reduce(
    (sum, { classes }) => sum + Math.max(0, Math.ceil(classes.length / 10) - 1),
    0,
  );
  const total = nodePages + versionLists + metadata + furtherPages;
  return { nodePages, versionLists, metadata, furtherPages, total };
}
