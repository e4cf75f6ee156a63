/** The whole pipeline at the registry's real size, on a server with 20 ms latency: time, memory, writing, requests. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { projectRoot } from "../../tasks/run_deno.ts";
import { makeCorpus, predecessorRequests, spawnRegistry } from "../support/registry/mod.ts";
import { report } from "./measurement.ts";
import { costOf, type ProcessCost } from "./whole_process.ts";

const DAY_ONE = "2026-09-01T02:00:00Z";
const DAY_TWO = "2026-09-02T02:00:00Z";
const LATENCY = { latencyMs: 20 };
const KILLS = 50;

const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });
await using server = await spawnRegistry({ corpus: {}, faults: LATENCY, manager: true });
const predecessor = predecessorRequests(await makeCorpus({}), { maxVersions: 10 }).total;

function updateArgs(directory: string, now: string, ...more: string[]): string[] {
  return [
    ...[
      "run",
      "-A",
      join(projectRoot, "main.ts"),
      "registry",
      "update",
      "--data-dir",
      join(root, directory),
    ],
    ...["--registry-url", server.url, "--manager-url", server.managerUrl, "--now", now],
    ...["--rate", "100000", "--concurrency", "50", "--max-versions", "10", ...more],
  ];
}

async function update(directory: string, now = DAY_ONE, ...more: string[]): Promise<ProcessCost> {
  await server.resetCounters();
  const cost = await costOf(Deno.execPath(), updateArgs(directory, now, ...more));
  if (cost.code !== 0) throw new Error(`registry update ended with ${cost.code}`);
  return cost;
}

function digestOf(directory: string): string {
  const hash = createHash("sha256");
  for (const name of ["node_mappings.json", "full_registry_cache.json"]) {
    hash.update(Deno.readFileSync(join(root, directory, name)));
  }
  return hash.digest("hex");
}

const how = "4,500 packages, 36,000 versions, 145,000 node records, `--max-versions 10`";

const cold = await update("cold");
const coldRequests = (await server.counters()).total - 3;
report({
  name: "`registry update`, cold: crawl, mappings, augmentation, validation, snapshot",
  value: cold.seconds,
  unit: "s",
  bound: 60,
  how,
});
report({ name: "peak memory of it", value: cold.peakMb, unit: "MB", bound: 300, how });
report({ name: "written to disk by it", value: cold.writtenGb, unit: "GB", bound: 1, how });
report({
  name: "requests, cold, of the predecessor's",
  value: coldRequests / predecessor * 100,
  unit: "%",
  bound: 40,
  how: `${coldRequests} of ${predecessor}`,
});
const clean = digestOf("cold");

await update("full", DAY_ONE, "--history", "full");
const fullRequests = (await server.counters()).total - 3;
report({
  name: "requests with `--history full`, of the predecessor's",
  value: fullRequests / predecessor * 100,
  unit: "%",
  bound: 75,
  how: `${fullRequests} of ${predecessor}`,
});

await update("again");
report({
  name: "a second cold run gives the same bytes",
  value: digestOf("again") === clean ? 1 : 0,
  unit: "",
  bound: 1,
  atLeast: true,
  how,
});

await server.setFaults({
  ...LATENCY,
  chances: { "500": 0.02, "502": 0.02, "503": 0.02, cut: 0.02, truncated: 0.02, html: 0.02 },
});
await update("faults");
report({
  name: "with 2 % errors of each kind: the same bytes",
  value: digestOf("faults") === clean ? 1 : 0,
  unit: "",
  bound: 1,
  atLeast: true,
  how,
});
await server.setFaults(LATENCY);

const killed = await killRepeatedly(KILLS);
report({
  name: "killed and continued: the same bytes",
  value: killed ? 1 : 0,
  unit: "",
  bound: 1,
  atLeast: true,
  how: `SIGKILL at ${KILLS} moments`,
});

/** Kills runs at moments that are spread over all phases; whenever one comes to its end, the bytes are compared. */
async function killRepeatedly(times: number): Promise<boolean> {
  let kills = 0;
  let equal = true;
  for (let round = 0; kills < times; round++) {
    const directory = `killed-${round}`;
    for (let ended = false; !ended;) {
      // A sequence that looks random and is the same each time.
      const seconds = 0.4 + (kills * 0.618034 % 1) * 4;
      const stop = kills < times ? AbortSignal.timeout(seconds * 1000) : undefined;
      const { code } = await costOf(Deno.execPath(), updateArgs(directory, DAY_ONE), stop);
      ended = code === 0;
      if (!ended) kills++;
    }
    equal &&= digestOf(directory) === clean;
  }
  return equal;
}

await server.setCorpus({ day: 1 });
const next = await update("cold", DAY_TWO);
const nextRequests = (await server.counters()).total - 3;
report({
  name: "requests of the next day, 1 % changed",
  value: nextRequests,
  unit: "",
  bound: 250,
  how,
});
report({ name: "`registry update` of the next day", value: next.seconds, unit: "s", how });

await Deno.remove(root, { recursive: true });
