/** What the generator knows of a pack before it makes versions. */
export interface PackSeed {
  /** Unique in any letter case. */
  readonly id: string;
  readonly name: string;
  readonly author: string;
  readonly description: string;
  readonly repository: string;
  readonly stars: number;
  /** Class names, at least one. */
  readonly classes: readonly string[];
}
