import { openByteSource } from "../../src/base/mod.ts";
import {
  buildMappings,
  ProblemList,
  readCacheFile,
  writeMappings,
} from "../../src/mappings/mod.ts";

// The process that tests/bench/mappings_bench.ts measures: CACHE OUTPUT.
const [cache, output] = Deno.args;
const problems = new ProblemList();
const mappings = await buildMappings(readCacheFile(openByteSource(cache!), problems), {
  now: "2026-08-21T00:00:00Z",
  problems,
});
await writeMappings(output!, mappings);
