import { baseErrors, isKind, mapConcurrent } from "../../base/mod.ts";
import type { EnvironmentWorld } from "../types.ts";

const AT_ONCE = 4;

/** A node pack for which nothing could be done, though the others go on. */
export interface NodeFailure {
  /** As people named it. */
  readonly named: string;
  readonly error: Error;
}

/** What came of several pieces of work. */
export interface Collected<Result> {
  readonly results: readonly Result[];
  readonly failures: readonly NodeFailure[];
}

/** How several pieces of work go on. */
export interface CollectOptions<Item> {
  /** What people see meanwhile, such as `Looking up node packs`. */
  readonly label: string;
  /** How people named an item. */
  readonly nameOf: (item: Item) => string;
  /** Goes on with the others when one fails; by default the first failure ends it. */
  readonly keepGoing?: boolean;
}

/**
 * Does the same work for several packs, a few at a time, and tells how far it is.
 *
 * @throws the first error, unless the others shall go on; `INTERRUPTED` always
 */
export async function collect<Item, Result>(
  { report, signal }: EnvironmentWorld,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  { label, nameOf, keepGoing = false }: CollectOptions<Item>,
): Promise<Collected<Result>> {
  const results: Result[] = [];
  const failures: NodeFailure[] = [];
  if (items.length === 0) return { results, failures };
  report.emit({ kind: "started", id: label, label, total: items.length, unit: "items" });
  const attempt = async (item: Item): Promise<(() => void)> => {
    try {
      const result = await work(item);
      return () => void results.push(result);
    } catch (error) {
      const stops = !keepGoing || isKind(error, baseErrors.INTERRUPTED) ||
        !(error instanceof Error);
      if (stops) throw error;
      return () => void failures.push({ named: nameOf(item), error });
    } finally {
      report.emit({ kind: "advanced", id: label, by: 1 });
    }
  };
  try {
    for await (const keep of mapConcurrent(items, attempt, { limit: AT_ONCE, signal })) keep();
    return { results, failures };
  } finally {
    report.emit({ kind: "finished", id: label });
  }
}
