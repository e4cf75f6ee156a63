import type { CachedPackage } from "../../registry/mod.ts";
import type { NodeMappings } from "../../mappings/mod.ts";
import { type ClaimedCounts, validateCache } from "./cache.ts";
import { FindingCollector, type ValidationReport } from "./findings.ts";
import { validateMappings } from "./mappings.ts";
import { checkShrinkage } from "./shrinkage.ts";
import { validateSnapshots } from "./snapshot.ts";
import { hasKind } from "./structure.ts";

/** What is to be validated; every part may be absent. */
export interface ValidationRequest {
  /** A registry cache as a stream, and the totals that its file claims. */
  readonly cache?: {
    readonly file: string;
    readonly packages: AsyncIterable<CachedPackage> | Iterable<CachedPackage>;
    readonly claimed?: ClaimedCounts;
  };
  /** A mappings file as parsed JSON, not trusted. */
  readonly mappings?: { readonly file: string; readonly value: unknown };
  /** The edition published before, for shrinkage. */
  readonly previous?: { readonly value: unknown };
  /** A data directory whose snapshot files are checked. */
  readonly dataDir?: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly allowShrink?: boolean;
  /** How many findings of one code are kept, default 50; all are counted. */
  readonly keepPerCode?: number;
  readonly signal?: AbortSignal;
}

/**
 * Validates registry data: each file in itself, and the files against each other.
 *
 * @returns Every finding with its file and JSON path; it never throws for what it finds.
 * @throws What reading the cache throws; `FILE_UNREADABLE`, `INTERRUPTED`
 */
export async function validateData(request: ValidationRequest): Promise<ValidationReport> {
  const { cache, mappings, previous, now, allowShrink, signal } = request;
  const findings = new FindingCollector(request.keepPerCode);
  let usable: NodeMappings | undefined;
  if (mappings) {
    const sink = findings.sink(mappings.file);
    validateMappings(mappings.value, { sink, now });
    const broken = findings.report().counts.STRUCTURE ?? 0;
    if (broken === 0) usable = mappings.value as NodeMappings;
    if (usable && previous && hasPublished(previous.value)) {
      checkShrinkage(previous.value, usable, { sink, allowShrink });
    }
  }
  if (cache) {
    await validateCache(cache.packages, {
      sink: findings.sink(cache.file),
      now,
      claimed: cache.claimed,
      mappings: usable,
      mappingsSink: mappings && findings.sink(mappings.file),
      signal,
    });
  }
  if (request.dataDir !== undefined) await validateSnapshots(request.dataDir, findings);
  return findings.report();
}

function hasPublished(value: unknown): value is Pick<NodeMappings, "packages" | "mappings"> {
  if (!hasKind(value, "record")) return false;
  const { packages, mappings } = value as Record<string, unknown>;
  return hasKind(packages, "record") && hasKind(mappings, "record");
}
