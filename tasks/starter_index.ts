/**
 * Builds the starter index `data/node_mappings.json.gz`, and what stands where in it, from a directory with ComfyUI-Manager's data.
 *
 * Usage: `deno task starter-index DIR [--now TIME] [--output FILE.json.gz]`; without a time the newest date in the data counts,
 * so that equal data gives equal bytes.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  augmentMappings,
  contentsText,
  emptyMappings,
  mappingsText,
  packBlocks,
  readManagerData,
} from "../src/mappings/mod.ts";
import { say } from "./terminal.ts";

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: { now: { type: "string" }, output: { type: "string" } },
});
const [directory] = positionals;
if (directory === undefined) {
  say("usage: deno task starter-index DIR [--now TIME] [--output FILE.json.gz]");
  Deno.exit(2);
}
const data = await readManagerData(directory);
const now = values.now ?? data.report.newest ?? "1970-01-01T00:00:00Z";
const mappings = augmentMappings(emptyMappings(now), data, { now });
const output = values.output ??
  fileURLToPath(new URL("../data/node_mappings.json.gz", import.meta.url));
const { packed, contents } = await packBlocks([...mappingsText(mappings)].join(""));
await Deno.writeFile(output, packed);
await Deno.writeTextFile(output.replace(/json\.gz$/, "blocks.json"), contentsText(contents));
say(JSON.stringify({ output, stats: mappings.stats, report: data.report }, null, 2));
