import type { DatabaseSync, StatementSync } from "node:sqlite";
import { ComfydockError } from "../../base/mod.ts";
import { isDamage } from "../../base/database/mod.ts";
import {
  canonicalUrl,
  type Claim,
  type LookupAnswer,
  lookupNode,
  type MappedPackage,
  type MappingIndex,
  type NodeMappings,
  type SignedEntries,
} from "../../mappings/lookups/mod.ts";
import { fold } from "../../mappings/words/mod.ts";
import { nodeErrors } from "../errors.ts";
import type { FindOptions, FoundPackage, NodeIndex } from "../types.ts";
import { type ClassGroups, classNames } from "./class_groups.ts";
import type { IndexFacts } from "./facts.ts";
import { describeMatch } from "./matched.ts";
import { nearestIds, searchTables } from "./search.ts";

/** What a search came to. */
export interface FindResult {
  /** The words that were searched for instead, when nothing has those of the query. */
  readonly corrected?: string;
  /** Best first. */
  readonly found: readonly FoundPackage[];
}

/** The node index of a workspace, with what only the command line and look-ups in bulk ask for. */
export interface WorkspaceNodeIndex extends NodeIndex, MappingIndex, Disposable {
  /** Like {@linkcode NodeIndex.find}, and tells which words were put in place of mistyped ones. */
  search(query: string, options?: FindOptions): FindResult;
  /** Ids that are most like a text, the best first. */
  nearest(id: string, limit?: number): readonly string[];
  /** All of the mappings that the index was made from. */
  mappings(): Promise<NodeMappings>;
}

/** Makes the index over filled tables, which it closes. */
export function createNodeIndex(
  database: DatabaseSync,
  facts: IndexFacts,
  onDamage: () => void,
): WorkspaceNodeIndex {
  return new TableIndex(database, facts, onDamage);
}

class TableIndex implements WorkspaceNodeIndex {
  readonly name: string;
  readonly generatedAt: string;
  readonly origin: string;
  readonly packages: number;
  readonly #database: DatabaseSync;
  readonly #onDamage: () => void;
  readonly #statements = new Map<string, StatementSync>();
  readonly #known = new Map<string, MappedPackage | undefined>();
  #claims: readonly Claim[] | undefined;
  #open = true;

  constructor(database: DatabaseSync, facts: IndexFacts, onDamage: () => void) {
    this.#database = database;
    this.#onDamage = onDamage;
    this.origin = this.name = facts.origin;
    this.generatedAt = facts.generatedAt;
    this.packages = facts.packages;
  }

  packageOf(id: string): MappedPackage | undefined {
    if (!this.#known.has(id)) {
      const row = this.#get(
        "SELECT record FROM records JOIN packages USING (place) WHERE id = ?",
        id,
      );
      this.#known.set(id, row && JSON.parse(String(row["record"])) as MappedPackage);
    }
    return this.#known.get(id);
  }

  packageOfRepository(url: string) {
    const canonical = canonicalUrl(url);
    if (canonical === "") return undefined;
    // Of several packages with one repository the registry's own comes before Manager's, then the more popular.
    const rows = this.#guard(() =>
      this.#prepare("SELECT id FROM packages WHERE canonical = ? ORDER BY place LIMIT 20")
        .all(canonical)
    );
    const found = rows.map((row) => String(row["id"]))
      .map((id) => ({ id, package: this.packageOf(id)! }));
    return found.find((one) => one.package.source !== "manager") ?? found[0];
  }

  find(query: string, options: FindOptions = {}): readonly FoundPackage[] {
    return this.search(query, options).found;
  }

  search(query: string, options: FindOptions = {}): FindResult {
    return this.#guard(() => {
      const { words, rows } = searchTables(this.#database, query, options);
      const found = rows.map(({ id, version, score }) => {
        const pack = this.packageOf(id)!;
        const matched = describeMatch(id, pack, this.classesOf(id), words);
        return { id, package: pack, ...(version === null ? {} : { version }), score, matched };
      });
      const corrected = correctionOf(query, words);
      return { ...(corrected && found.length > 0 ? { corrected } : {}), found };
    });
  }

  nearest(id: string, limit = 3): readonly string[] {
    return this.#guard(() => nearestIds(this.#database, id, limit));
  }

  async mappings(): Promise<NodeMappings> {
    const { readMappingsBack } = await import("./read_back.ts");
    return this.#guard(() => readMappingsBack(this.#database, this.generatedAt));
  }

  classesOf(id: string, version?: string): readonly string[] {
    const row = this.#get(
      "SELECT classes FROM records JOIN packages USING (place) WHERE id = ?",
      id,
    );
    if (!row) return [];
    return classNames(JSON.parse(String(row["classes"])) as ClassGroups, version);
  }

  lookup(nodeType: string, signature?: string): readonly LookupAnswer[] {
    return lookupNode(this, nodeType, { signature });
  }

  entriesOf(nodeType: string): readonly SignedEntries[] {
    const row = this.#get("SELECT entries FROM classes WHERE type = ?", nodeType);
    return row ? JSON.parse(String(row["entries"])) as readonly SignedEntries[] : [];
  }

  claims(): readonly Claim[] {
    return this.#claims ??= this.#guard(() =>
      this.#prepare("SELECT id FROM claims ORDER BY id").all()
        .map((row) => String(row["id"]))
        .map((id) => ({ id, package: this.packageOf(id)! }))
    );
  }

  close(): void {
    if (this.#open) this.#database.close();
    this.#open = false;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #get(sql: string, value: string): Record<string, unknown> | undefined {
    return this.#guard(() => this.#prepare(sql).get(value));
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, statement = this.#database.prepare(sql));
    return statement;
  }

  /** A damaged index goes away, so that the next opening makes it anew. */
  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (!isDamage(error) && !(error instanceof SyntaxError)) throw error;
      this.close();
      this.#onDamage();
      throw new ComfydockError(
        nodeErrors.NODE_INDEX_DAMAGED,
        `Cannot read the node index: ${error instanceof Error ? error.message : String(error)}`,
        { hint: "Run the same command again; the index is made anew", cause: error },
      );
    }
  }
}

function correctionOf(query: string, words: readonly string[]): string | undefined {
  return words.every((word) => fold(query).includes(word)) ? undefined : words.join(" ");
}
