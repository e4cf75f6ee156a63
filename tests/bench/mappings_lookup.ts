import { lookupNode, openStarterExcerpt } from "../../src/mappings/lookups/mod.ts";

// The process that tests/bench/mappings_bench.ts measures: NODE_TYPE.
const [nodeType = ""] = Deno.args;
if (lookupNode(await openStarterExcerpt(nodeType), nodeType).length === 0) Deno.exit(4);
