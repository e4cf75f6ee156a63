import type { Reporter } from "../../base/mod.ts";
import type { RegistryCache } from "../cache/store.ts";
import type { RegistryClient } from "../client.ts";
import type { Shard } from "./shard.ts";

/** What a crawl is to do; the defaults are those of the seed's `build_registry_cache.py`. */
export interface CrawlOptions {
  readonly packages: boolean;
  readonly versions: boolean;
  readonly metadata: boolean;
  /** Packages on one page of the list. */
  readonly nodesPerPage: number;
  /** Newest versions of each package whose node classes are wanted; -1 means all. */
  readonly maxVersions: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Packages between two transactions. */
  readonly checkpointInterval: number;
  /** Read only so many pages of the package list. */
  readonly pages?: number;
  readonly history: "bisect" | "full";
  /** How old versions are looked at again: a seventh of them each day, all now, or none. */
  readonly sweep: "rolling" | "full" | "none";
  /** Which part of the packages this machine reads, when several crawl together; lists are read by each. */
  readonly shard?: Shard;
  /** The time that is written into the records, RFC 3339 UTC. */
  readonly now: string;
}

/** The options that hold when nothing is said. */
export const defaultCrawlOptions: Omit<CrawlOptions, "now"> = {
  packages: true,
  versions: true,
  metadata: true,
  nodesPerPage: 100,
  maxVersions: -1,
  concurrency: 10,
  checkpointInterval: 20,
  history: "bisect",
  sweep: "rolling",
};

/** What a crawl works with. */
export interface CrawlContext {
  readonly cache: RegistryCache;
  readonly client: RegistryClient;
  readonly options: CrawlOptions;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
  /** Requests that may still go out; `Infinity` without a budget. */
  readonly budgetLeft: () => number;
  /** Counts a request that failed for good; the data at hand stays. */
  readonly failed: (what: string, error: Error) => void;
}

/** What a crawl did. */
export interface CrawlSummary {
  readonly packages: number;
  readonly versions: number;
  readonly node_lists_read: number;
  readonly node_lists_inferred: number;
  readonly new_packages: number;
  readonly new_versions: number;
  readonly missing_packages: number;
  readonly missing_versions: number;
  /** Reads that failed for good; what was known of them stays. */
  readonly failures: number;
  readonly requests: number;
  /** True when the request budget ended the crawl; the next one goes on. */
  readonly budget_spent: boolean;
}
