/**
 * Runs the programs `tests/bench/*_bench.ts` one after the other and prints what they measured as a table.
 *
 * Names choose programs; one that takes many minutes runs only when it is named. `--write` puts the table into docs/benchmarks.md. A missed bound makes the exit code 1.
 *
 * @example
 * ```sh
 * deno task bench startup
 * ```
 *
 * @module
 */
import { cpus, totalmem } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import {
  isWithin,
  type Measurement,
  parseMeasurements,
  renderTable,
  replaceTable,
} from "./bench_table.ts";
import { filesBelow } from "./modules.ts";
import { projectRoot, runDeno } from "./run_deno.ts";
import { say } from "./terminal.ts";

const { values, positionals } = parseArgs({
  args: Deno.args,
  options: { write: { type: "boolean", default: false } },
  allowPositionals: true,
});

/** Programs that run only on request. */
const LONG = ["tenfold"];

const failed: string[] = [];
const measured: Measurement[] = [];
for (const path of await filesBelow("tests/bench", "_bench.ts")) {
  const name = basename(path, "_bench.ts");
  if (positionals.length > 0 ? !positionals.includes(name) : LONG.includes(name)) continue;
  say(`${name} …`);
  const { code, stdout, output } = await runDeno(["run", "-A", path]);
  measured.push(...parseMeasurements(stdout));
  if (code === 0) continue;
  failed.push(name);
  say(output);
}
const machine = describeMachine();
const table = `${machine}\n\n${renderTable(measured)}`;
say(`\n${table}`);
if (values.write) {
  const page = join(projectRoot, "docs", "benchmarks.md");
  await Deno.writeTextFile(page, replaceTable(await Deno.readTextFile(page), table));
}
const missed = measured.filter((measurement) => !isWithin(measurement)).map(({ name }) => name);
if (failed.length > 0) say(`Failed: ${failed.join(", ")}`);
if (missed.length > 0) say(`Missed: ${missed.join(", ")}`);
Deno.exit(failed.length + missed.length > 0 || measured.length === 0 ? 1 : 0);

function describeMachine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || "processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  const { os, arch } = Deno.build;
  const today = new Date().toISOString().slice(0, 10);
  return `Measured on ${today}: ${processors.length} × ${model}, ${memory} GiB, ${os} ${arch}, Deno ${Deno.version.deno}.`;
}
