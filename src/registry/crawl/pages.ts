import {
  ComfydockError,
  forEachConcurrent,
  type Reporter,
  throwIfAborted,
} from "../../base/mod.ts";
import type { Page } from "../answers.ts";

/** How a paged list is read. */
export interface PagesOptions<Item> {
  readonly fetchPage: (page: number) => Promise<Page<Item>>;
  /** The first page, when it was read already. */
  readonly first?: Page<Item>;
  readonly pageSize: number;
  /** Takes an item; false when this reading has met it before. */
  readonly take: (item: Item) => boolean;
  /** Hears that a page was read, with the number of its items that were not met before. */
  readonly onPage: (fresh: number, page: number) => void;
  /** Tells how many pages there are, once it is known and when it grows. */
  readonly onTotal?: (pages: number) => void;
  readonly concurrency: number;
  /** Read only this many pages, for tests. */
  readonly maxPages?: number;
  /** Pages that an interrupted run has read, and how many items it has met. */
  readonly before?: { readonly pages: readonly number[]; readonly met: number };
  readonly report: Reporter;
  readonly signal?: AbortSignal;
}

/** What reading all pages came to. */
export interface PagesResult {
  /** False when some records may not have been seen. */
  readonly complete: boolean;
  readonly unique: number;
  readonly failedPages: number;
  readonly rejected: number;
}

/** A list that shifts is read at most this often. */
const MAX_ROUNDS = 6;

/** A page that fails is asked for in so many rounds; the client repeats each request besides. */
const MAX_FAILING_ROUNDS = 2;

/** A server that claims more pages than this is not believed. */
const MAX_PAGES = 100_000;

/**
 * Reads every page of a list that may shift while it is read.
 *
 * Records that were met before are told apart by `take`. Pages that failed are asked for once more; while fewer records
 * were met than the server says there are, all pages are read again.
 *
 * @throws What `fetchPage` throws for the first page; later pages that fail are counted.
 */
export async function readAllPages<Item>(options: PagesOptions<Item>): Promise<PagesResult> {
  const { fetchPage, pageSize, report, signal } = options;
  let met = options.before?.met ?? 0;
  const done = new Set<number>(options.before?.pages);
  const rejectedPaths = new Set<string>();
  const failed = new Map<number, ComfydockError>();
  let total = 0;

  const takePage = (page: number, answer: Page<Item>) => {
    total = answer.total;
    for (const error of answer.rejected) {
      const where = `page ${page}: ${error.message}`;
      if (rejectedPaths.has(where)) continue;
      rejectedPaths.add(where);
      report.emit({ kind: "warned", code: error.code, message: `Left out a record on ${where}` });
    }
    const before = met;
    for (const item of answer.items) if (options.take(item)) met++;
    options.onPage(met - before, page);
  };

  const read = async (page: number) => {
    try {
      takePage(page, await fetchPage(page));
      failed.delete(page);
    } catch (error) {
      if (!passing(error)) throw error;
      failed.set(page, error);
    }
  };

  takePage(1, options.first ?? await fetchPage(1));
  const pageCount = () =>
    Math.min(MAX_PAGES, options.maxPages ?? Infinity, Math.max(1, Math.ceil(total / pageSize)));
  const allSeen = () => met + rejectedPaths.size >= total;
  const limited = options.maxPages !== undefined;
  let pages: Iterable<number> = pagesFrom(2, pageCount, done);
  let failingRounds = 0;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    throwIfAborted(signal);
    options.onTotal?.(pageCount());
    await forEachConcurrent(pages, read, { limit: options.concurrency, signal });
    if (failed.size > 0) {
      if (++failingRounds === MAX_FAILING_ROUNDS) break;
      pages = [...failed.keys()];
    } else if (limited || allSeen()) break;
    else pages = pagesFrom(1, pageCount);
  }
  for (const [page, { code, message }] of failed) {
    report.emit({ kind: "warned", code, message: `Cannot read page ${page}: ${message}` });
  }
  const complete = failed.size === 0 && !limited && allSeen();
  return { complete, unique: met, failedPages: failed.size, rejected: rejectedPaths.size };
}

// The count may grow while pages are read, so it is asked for anew before each.
function* pagesFrom(
  first: number,
  count: () => number,
  done?: ReadonlySet<number>,
): Generator<number> {
  for (let page = first; page <= count(); page++) if (!done?.has(page)) yield page;
}

/** Tells whether a failure concerns one request only, so that the others go on. */
export function passing(error: unknown): error is ComfydockError {
  return error instanceof ComfydockError &&
    !["INTERRUPTED", "NETWORK_OFFLINE", "REQUEST_BUDGET_SPENT", "DISK_FULL"].includes(error.code) &&
    !error.code.startsWith("REGISTRY_CACHE") && !error.code.startsWith("FILE_");
}
