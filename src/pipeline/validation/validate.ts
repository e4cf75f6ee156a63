import type { CachedPackage } from "../../registry/mod.ts";
import type { MappingsView, PublishedCounts } from "../../mappings/draft/mod.ts";
import { type ClaimedCounts, validateCache } from "./cache.ts";
import { type ComparedMappings, comparedOf, contentOfView } from "./content.ts";
import { FindingCollector, type ValidationReport } from "./findings.ts";
import { validateContent, validateMappings } from "./mappings.ts";
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
  /** A mappings file as parsed JSON, not trusted, or mappings that are about to be written. */
  readonly mappings?:
    & { readonly file: string }
    & ({ readonly value: unknown } | { readonly view: MappingsView });
  /** The edition published before, for shrinkage: as parsed JSON, or what was counted in it. */
  readonly previous?: { readonly value: unknown } | { readonly counts: PublishedCounts };
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
  let usable: ComparedMappings | undefined;
  if (mappings) {
    const sink = findings.sink(mappings.file);
    const checked = "view" in mappings
      ? validateContent(contentOfView(mappings.view), { sink, now })
      : validateMappings(mappings.value, { sink, now });
    const broken = findings.report().counts.STRUCTURE ?? 0;
    if (broken === 0 && checked) usable = comparedOf(checked.content);
    const before = previous && publishedCounts(previous);
    if (usable && before && checked?.counts) {
      checkShrinkage(before, checked.counts, { sink, allowShrink });
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

// What is counted is what the file holds; its own statistics are not trusted.
function publishedCounts(
  previous: NonNullable<ValidationRequest["previous"]>,
): PublishedCounts | undefined {
  if ("counts" in previous) return previous.counts;
  if (!hasKind(previous.value, "record")) return undefined;
  const { packages, mappings } = previous.value as Record<string, unknown>;
  return hasKind(packages, "record") && hasKind(mappings, "record")
    ? {
      packages: Object.keys(packages as object).length,
      signatures: Object.keys(mappings as object).length,
    }
    : undefined;
}
