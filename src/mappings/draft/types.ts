import type { PackageOrder } from "../rank.ts";
import type { MappedPackage, MappingEntry } from "../types.ts";

/** Mappings while they are being put together: packages by id, and one entry for each pair of key and package. */
export interface MappingsDraft {
  /** Tells whether a package is there. */
  has(id: string): boolean;
  /** A package; nothing when it is not there. */
  packageOf(id: string): MappedPackage | undefined;
  /** Adds a package or replaces it. */
  setPackage(id: string, pack: MappedPackage): void;
  /** All packages, which must not be changed meanwhile. */
  packages(): Iterable<readonly [id: string, pack: MappedPackage]>;
  /** The entry of a key and a package; nothing when there is none. */
  entryOf(key: string, id: string): MappingEntry | undefined;
  /** Adds an entry or replaces that of the same key and package; ranks come at the end. */
  setEntry(key: string, entry: MappingEntry): void;
  /** Removes entries of packages that are not there. */
  dropOrphans(): void;
  /** Notes a version that counts and whose node classes nobody has read. */
  noteUnread(id: string, version: string): void;
  /** Tells whether a version was noted as unread. */
  isUnread(id: string, version: string): boolean;
  /**
   * The packages by score, best first.
   *
   * @param now Milliseconds since the Unix epoch that ages are counted to.
   */
  order(now: number): PackageOrder;
}
