import { readAsset } from "../../src/base/mod.ts";
import { lookupNode, mappingIndexOf } from "../../src/mappings/mod.ts";

// The process that tests/bench/mappings_bench.ts measures: NODE_TYPE.
const index = await mappingIndexOf(await readAsset("data/node_mappings.json.gz"), "starter index");
if (lookupNode(index, Deno.args[0]!).length === 0) Deno.exit(4);
