/**
 * Measures building mappings from a cache file of the registry's real size, and a lookup in the starter index.
 *
 * The file is made anew from numbers alone: 4,500 packages, 36,000 versions, 145,000 node classes, 127 MB.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fullSize, writeCorpus } from "./mappings_corpus.ts";
import { measureProcess, median, report } from "./measurement.ts";
import { costOf, type ProcessCost } from "./whole_process.ts";

const RUNS = 5;
const directory = await Deno.makeTempDir({ prefix: "mappings_bench_" });
const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));
try {
  const cache = join(directory, "full_registry_cache.json");
  writeCorpus(cache, fullSize);
  const args = ["run", "-A", program("mappings_build.ts"), cache, join(directory, "mappings.json")];
  const costs: ProcessCost[] = [];
  for (let run = 0; run <= RUNS; run++) costs.push(await costOf(Deno.execPath(), args));
  if (costs.some(({ code }) => code !== 0)) throw new Error("The build failed");
  // The first run fills the disk cache.
  const counted = costs.slice(1);
  report({
    name: "mappings from the cache as JSON, 127 MB",
    value: median(counted.map(({ seconds }) => seconds)),
    unit: "s",
    bound: 1.5,
    how: `whole process, median of ${RUNS}`,
  });
  report({
    name: "mappings from the cache as JSON, memory",
    value: Math.max(...counted.map(({ peakMb }) => peakMb)),
    unit: "MB",
    bound: 200,
    how: `peak of ${RUNS}`,
  });
  const lookup = ["run", "-A", program("mappings_lookup.ts"), "Power Lora Loader (rgthree)"];
  report({
    name: "lookup in the starter index, without the command line",
    value: await measureProcess(Deno.execPath(), lookup),
    unit: "ms",
    bound: 120,
    how: "whole process, median of 11",
  });
} finally {
  await Deno.remove(directory, { recursive: true });
}
