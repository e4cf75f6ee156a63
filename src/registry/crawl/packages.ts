import { readAllPages } from "./pages.ts";
import type { CrawlContext } from "./types.ts";

/** Reads the list of all packages, and marks those that it no longer names. */
export async function crawlPackages(context: CrawlContext): Promise<void> {
  const { cache, client, options, report, signal } = context;
  const id = "packages";
  report.emit({ kind: "started", id, label: "Reading the list of packages", unit: "items" });
  const seenAt = { last_checked: options.now };
  const result = await readAllPages({
    fetchPage: (page) => client.packagesPage(page, options.nodesPerPage),
    pageSize: options.nodesPerPage,
    keyOf: (one) => one.id,
    concurrency: options.concurrency,
    maxPages: options.pages,
    report,
    signal,
    onTotal: (pages) =>
      report.emit({ kind: "advanced", id, by: 0, total: pages * options.nodesPerPage }),
    onItems: (packages) => {
      for (const one of packages) {
        cache.savePackage(one, seenAt);
        cache.touch();
      }
      cache.checkpoint(options.checkpointInterval);
      report.emit({ kind: "advanced", id, by: packages.length });
    },
  });
  // Only a list that was read whole says that a package is gone.
  if (result.complete && result.rejected === 0) {
    cache.run(
      "UPDATE packages SET missing_since = ? WHERE last_checked < ? AND missing_since IS NULL",
      options.now,
      options.now,
    );
  } else if (options.pages === undefined) {
    context.failed(
      "the list of packages",
      new Error(`${result.failedPages} pages could not be read`),
    );
  }
  cache.checkpoint();
  report.emit({ kind: "finished", id, summary: `${result.unique} packages` });
}
