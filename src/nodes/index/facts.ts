import type { DatabaseSync } from "node:sqlite";

/** What an index says of itself. */
export interface IndexFacts {
  /** When the data was made, RFC 3339 UTC. */
  readonly generatedAt: string;
  /** `starter`, or where the published data came from. */
  readonly origin: string;
  readonly packages: number;
  /** What the data is recognised by: SHA-256 of what was fetched, size and time of a file, the check sum of the starter. */
  readonly identity: string;
  /** The source that was asked last, whether or not it had something; empty when there is none. */
  readonly source: string;
  /** When that was, in milliseconds since the epoch. */
  readonly checkedAt: number;
}

/** Reads what an index says of itself; nothing while it is empty. */
export function readFacts(database: DatabaseSync): IndexFacts | undefined {
  const rows = database.prepare("SELECT key, value FROM facts").all();
  if (rows.length === 0) return undefined;
  const facts = new Map(rows.map((row) => [String(row["key"]), String(row["value"])]));
  const text = (key: keyof IndexFacts) => facts.get(key) ?? "";
  return {
    generatedAt: text("generatedAt"),
    origin: text("origin"),
    packages: Number(text("packages")),
    identity: text("identity"),
    source: text("source"),
    checkedAt: Number(text("checkedAt")),
  };
}

/** Writes some of what an index says of itself. */
export function writeFacts(database: DatabaseSync, facts: Partial<IndexFacts>): void {
  const put = database.prepare("INSERT OR REPLACE INTO facts VALUES (?, ?)");
  for (const [key, value] of Object.entries(facts)) put.run(key, String(value));
}
