import { orderPackages, type PackageOrder, rankEntries } from "../rank.ts";
import { applySchema, type OutputSchema } from "../schema_filter.ts";
import { countStats, dataVersion, SCHEMA_VERSION } from "../stats.ts";
import type { MappedPackage, MappingEntry, NodeMappings } from "../types.ts";
import type { MappingsDraft } from "./types.ts";

/** A draft in memory, for mappings that are wanted as a value. */
export class MemoryDraft implements MappingsDraft {
  readonly #packages = new Map<string, MappedPackage>();
  readonly #entries = new Map<string, MappingEntry[]>();
  readonly #unread = new Map<string, Set<string>>();

  has(id: string): boolean {
    return this.#packages.has(id);
  }

  packageOf(id: string): MappedPackage | undefined {
    return this.#packages.get(id);
  }

  setPackage(id: string, pack: MappedPackage): void {
    this.#packages.set(id, pack);
  }

  packages(): Iterable<readonly [string, MappedPackage]> {
    return this.#packages;
  }

  entryOf(key: string, id: string): MappingEntry | undefined {
    return this.#entries.get(key)?.find((entry) => entry.package_id === id);
  }

  setEntry(key: string, entry: MappingEntry): void {
    const entries = this.#entries.get(key);
    if (!entries) {
      this.#entries.set(key, [entry]);
      return;
    }
    const at = entries.findIndex(({ package_id }) => package_id === entry.package_id);
    if (at < 0) entries.push(entry);
    else entries[at] = entry;
  }

  dropOrphans(): void {
    for (const [key, entries] of this.#entries) {
      const kept = entries.filter(({ package_id }) => this.#packages.has(package_id));
      if (kept.length === entries.length) continue;
      if (kept.length > 0) this.#entries.set(key, kept);
      else this.#entries.delete(key);
    }
  }

  noteUnread(id: string, version: string): void {
    const versions = this.#unread.get(id);
    if (versions) versions.add(version);
    else this.#unread.set(id, new Set([version]));
  }

  isUnread(id: string, version: string): boolean {
    return this.#unread.get(id)?.has(version) === true;
  }

  order(now: number): PackageOrder {
    return orderPackages(Object.fromEntries(this.#packages), now);
  }

  /** The finished mappings, ranked, with the fields that a schema publishes. */
  toMappings(
    { now, schema }: { readonly now: string; readonly schema?: OutputSchema },
  ): NodeMappings {
    const packages = Object.fromEntries(this.#packages);
    const order = this.order(Date.parse(now));
    const mappings: Record<string, readonly MappingEntry[]> = {};
    for (const [key, entries] of this.#entries) mappings[key] = rankEntries(entries, order);
    const result: NodeMappings = {
      schema_version: SCHEMA_VERSION,
      version: dataVersion(now),
      generated_at: now,
      stats: countStats(mappings, packages),
      mappings,
      packages,
    };
    return schema ? applySchema(result, schema) : result;
  }
}
