import { writeSnapshot } from "../../../src/pipeline/mod.ts";
import { cachedPackage, cacheJson } from "../../support/mappings_builder.ts";

// Writes one snapshot after the other, each with all packages of one generation, until it is killed.
const [dataDir, first] = [Deno.args[0]!, Number(Deno.args[1])];
for (let generation = first;; generation++) {
  const packages = Array.from(
    { length: 200 },
    (_, index) => cachedPackage(`pack-${index}`, { downloads: generation }),
  );
  const content = JSON.stringify({ generation });
  await writeSnapshot(dataDir, {
    cacheJson: cacheJson(packages),
    managerFiles: [{ name: "github-stats.json", content }],
    now: Date.parse("2026-08-21T02:00:00Z") + (generation % 3) * 86_400_000,
    stats: { generation },
  });
}
