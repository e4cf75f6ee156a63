/** The whole pipeline on ten times today's registry: at most eleven times as long, in the same memory. */
import { join } from "node:path";
import { projectRoot } from "../../tasks/run_deno.ts";
import { spawnRegistry } from "../support/registry/mod.ts";
import { report } from "./measurement.ts";
import { costOf, type ProcessCost } from "./whole_process.ts";

const FAULTS = { latencyMs: 20 };
/** What the collector leaves lying differs from run to run by about so much. */
const MARGIN_MB = 25;

const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });

/** `registry update` from nothing, on so many copies of today's registry. */
async function update(copies: number): Promise<ProcessCost> {
  await using server = await spawnRegistry({ corpus: { copies }, faults: FAULTS, manager: true });
  const cost = await costOf(Deno.execPath(), [
    ...["run", "-A", join(projectRoot, "main.ts"), "registry", "update"],
    ...["--data-dir", join(root, String(copies)), "--now", "2026-09-01T02:00:00Z"],
    ...["--registry-url", server.url, "--manager-url", server.managerUrl],
    ...["--rate", "100000", "--concurrency", "50", "--max-versions", "10"],
  ]);
  if (cost.code !== 0) throw new Error(`registry update ended with ${cost.code}`);
  return cost;
}

const once = await update(1);
const tenfold = await update(10);
await Deno.remove(root, { recursive: true });

const how = "45,000 packages, 360,000 versions against 4,500 and 36,000, `--max-versions 10`";
report({
  name: "`registry update` on ten times the registry: so many times as long",
  value: tenfold.seconds / once.seconds,
  unit: "×",
  bound: 11,
  how: `${how}; ${tenfold.seconds.toFixed(0)} s against ${once.seconds.toFixed(0)} s`,
});
report({
  name: "peak memory of it beyond that of one",
  value: tenfold.peakMb - once.peakMb,
  unit: "MB",
  bound: MARGIN_MB,
  how: `${tenfold.peakMb.toFixed(0)} MB against ${once.peakMb.toFixed(0)} MB`,
});
