import { join } from "node:path";
import { listSnapshots } from "../../src/pipeline/mod.ts";
import type { Night, NightlyStore } from "./store.ts";
import { planThinning } from "./thinning.ts";
import type { WorkingCopy } from "./working_copy.ts";

/** What the data repository holds. */
const KEPT = ["cache", "history", "manager"];

/** Keeps the cache in a repository of its own, with a dated history. */
export class RepositoryStore implements NightlyStore {
  readonly #copy: WorkingCopy;

  constructor(copy: WorkingCopy) {
    this.#copy = copy;
  }

  async fetch(skipped: number): Promise<string | undefined> {
    if (skipped === 0) await this.#copy.open();
    return (await listSnapshots(this.#copy.directory))[skipped]?.date;
  }

  async keep({ date, message }: Night): Promise<string | undefined> {
    const { directory } = this.#copy;
    const snapshots = await listSnapshots(directory);
    const leaving = new Set(planThinning(snapshots.map((one) => one.date), date));
    for (const { path } of snapshots.filter((one) => leaving.has(one.date))) {
      for (const name of [path, `${path}.sha256`]) {
        await Deno.remove(join(directory, ...name.split("/"))).catch(ignoreMissing);
      }
    }
    const commit = await this.#copy.commit(KEPT, message);
    return commit && `Commit ${commit.slice(0, 12)} in the data repository`;
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
