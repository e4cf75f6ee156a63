import type { DatabaseSync } from "node:sqlite";
import {
  type Clock,
  ComfydockError,
  isKind,
  type Reporter,
  silentReporter,
  systemClock,
} from "../../base/mod.ts";
import { isDamage, openRebuildable, removeDatabase } from "../../base/database/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import type { WorkspaceLayout } from "../../workspace/mod.ts";
import { nodeErrors } from "../errors.ts";
import { type IndexFacts, readFacts, writeFacts } from "./facts.ts";
import { createNodeIndex, type WorkspaceNodeIndex } from "./node_index.ts";
import { findPublishedFile, type IndexData, MAX_AGE_MS, parsePlace } from "./published.ts";
import { readStarter, STARTER_ORIGIN } from "./starter.ts";
import { indexTables } from "./tables.ts";

/** What opening the node index needs. */
export interface NodeIndexOptions {
  /** Where it lies; without a workspace it is made in memory, each time. */
  readonly workspace?: Pick<WorkspaceLayout, "nodeIndex" | "apiCache">;
  /** Where published mappings are: a URL, a file or a directory. Without it the starter index is all there is. */
  readonly source?: string;
  /** Opens a client when published mappings are due. */
  readonly http?: () => Promise<HttpClient>;
  readonly clock?: Clock;
  readonly report?: Reporter;
  readonly signal?: AbortSignal;
}

/** Who was not reached is asked again after an hour. */
const RETRY_MS = 3_600_000;
const MEMORY = ":memory:";

/**
 * Opens the node index of a workspace, after making it or making it anew where that is due: it is missing or damaged,
 * comfydock brings another starter index, or a day has passed and other mappings were published.
 *
 * @throws `NODE_INDEX_SOURCE_INVALID`; when a source cannot be read, that is told as a warning and what is there is used.
 */
export async function openNodeIndex(options: NodeIndexOptions = {}): Promise<WorkspaceNodeIndex> {
  const path = options.workspace?.nodeIndex ?? MEMORY;
  try {
    return await openAt(path, options);
  } catch (error) {
    if (!isDamage(error)) throw error;
    removeDatabase(path);
    return await openAt(path, options);
  }
}

async function openAt(path: string, options: NodeIndexOptions): Promise<WorkspaceNodeIndex> {
  const database = openTables(path, options);
  try {
    const facts = await refresh(database, options);
    return createNodeIndex(database, facts, () => path !== MEMORY && removeDatabase(path));
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens the node index for a piece of work and closes it; when the index turns out damaged, it is made anew and the
 * work done once more.
 */
export async function withNodeIndex<Result>(
  options: NodeIndexOptions,
  work: (index: WorkspaceNodeIndex) => Promise<Result> | Result,
): Promise<Result> {
  try {
    using index = await openNodeIndex(options);
    return await work(index);
  } catch (error) {
    if (!isKind(error, nodeErrors.NODE_INDEX_DAMAGED)) throw error;
    using index = await openNodeIndex(options);
    return await work(index);
  }
}

/** Where no file can be written, the index is made for this process only. */
function openTables(path: string, { report = silentReporter }: NodeIndexOptions): DatabaseSync {
  try {
    return openRebuildable(path, indexTables);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const message = `Cannot keep the node index in "${path}": ${error.message}`;
    report.emit({ kind: "warned", code: "NODE_INDEX_NOT_KEPT", message });
    return openRebuildable(MEMORY, indexTables);
  }
}

async function refresh(database: DatabaseSync, options: NodeIndexOptions): Promise<IndexFacts> {
  const { source = "", clock = systemClock } = options;
  const facts = readFacts(database);
  const now = clock.now();
  if (source !== "" && isDue(facts, source, now)) {
    const checkedAt = await takePublished(database, source, options);
    const after = readFacts(database);
    if (after) {
      writeFacts(database, { source, checkedAt });
      return { ...after, source, checkedAt };
    }
    return await takeStarter(database, { source, checkedAt });
  }
  if (source === "" && facts?.origin !== STARTER_ORIGIN) {
    return await takeStarter(database, { source, checkedAt: 0 });
  }
  if (facts?.origin !== STARTER_ORIGIN) return facts!;
  return await takeStarter(database, facts);
}

function isDue(facts: IndexFacts | undefined, source: string, now: number): boolean {
  if (facts?.source !== source || parsePlace(source).kind === "file") return true;
  const age = now - facts.checkedAt;
  return age < 0 || age >= MAX_AGE_MS;
}

/** Takes over what is published, when it is new; answers when it counts as asked. */
async function takePublished(
  database: DatabaseSync,
  source: string,
  options: NodeIndexOptions,
): Promise<number> {
  const { clock = systemClock, report = silentReporter } = options;
  const place = parsePlace(source);
  try {
    const data = place.kind === "file"
      ? await findPublishedFile(place.path)
      : await fetchFrom(place.url, options);
    if (data) await take(database, data, { source, checkedAt: clock.now() });
    return clock.now();
  } catch (error) {
    if (!(error instanceof ComfydockError) || options.signal?.aborted) throw error;
    const message = `${error.message}; going on with the node index at hand`;
    report.emit({ kind: "warned", code: "NODE_INDEX_STALE", message });
    return clock.now() - MAX_AGE_MS + RETRY_MS;
  }
}

async function fetchFrom(url: string, options: NodeIndexOptions): Promise<IndexData | undefined> {
  const { http, workspace, clock, report, signal } = options;
  if (!http) return undefined;
  const [{ openAnswerCache }, { fetchPublished }] = await Promise.all([
    import("../../http/answers/mod.ts"),
    import("./fetch_published.ts"),
  ]);
  using answers = openAnswerCache(workspace?.apiCache ?? MEMORY, { clock, report });
  return await fetchPublished(url, await http(), answers, signal);
}

async function takeStarter(
  database: DatabaseSync,
  asked: Pick<IndexFacts, "source" | "checkedAt">,
): Promise<IndexFacts> {
  return await take(database, await readStarter(), asked);
}

/** Fills the tables unless they hold this data already; another process may do the same at the same time. */
async function take(
  database: DatabaseSync,
  data: IndexData,
  { source, checkedAt }: Pick<IndexFacts, "source" | "checkedAt">,
): Promise<IndexFacts> {
  const isTaken = (facts: IndexFacts | undefined) =>
    facts?.identity === data.identity && facts.origin === data.origin;
  const before = readFacts(database);
  if (before && isTaken(before)) return before;
  const [{ parsePacked }, { fillIndex }] = await Promise.all([
    import("./parse.ts"),
    import("./fill.ts"),
  ]);
  const mappings = await parsePacked(data);
  database.exec("BEGIN IMMEDIATE");
  try {
    if (!isTaken(readFacts(database))) {
      const { origin, identity } = data;
      fillIndex(database, mappings, { origin, identity, source, checkedAt });
    }
    database.exec("COMMIT");
  } catch (error) {
    // SQLite may have rolled back by itself.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
  return readFacts(database)!;
}
