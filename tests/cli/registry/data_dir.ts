import { makeCorpus, startRegistry, type TestRegistry } from "../../support/registry/mod.ts";
import { withTempDir } from "../../support/alone.ts";
import { update } from "../../support/registry_runs.ts";

/** A registry of sixty packages. */
export const sixty = await makeCorpus({ packages: 60, source: "synthetic" });

/** Runs work on a data directory that an update of the first day has filled. */
export async function withDataDir(
  work: (dataDir: string, registry: TestRegistry) => Promise<void>,
): Promise<void> {
  await using registry = startRegistry({ corpus: sixty });
  await withTempDir(async (dir) => {
    const run = await update(registry, dir);
    if (run.code !== 0) throw new Error(run.stderr);
    registry.resetCounters();
    await work(dir, registry);
  });
}
