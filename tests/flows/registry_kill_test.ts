import assert from "node:assert/strict";
import { withTempDir } from "../support/alone.ts";
import { makeCorpus, startRegistry, type TestRegistry } from "../support/registry/mod.ts";
import { crawlArguments, published, sampleManager, update } from "../support/registry_runs.ts";
import { spawnCli } from "../support/run_cli.ts";

const KILLS = 50;
/** As many of them come at any moment, start and publication included; the others after some requests. */
const KILLS_BY_TIME = 10;

Deno.test("a crawl killed at 50 random moments and continued publishes the bytes of an undisturbed one", async () => {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;
  const random = seeded(seed);
  const corpus = await makeCorpus({ packages: 400, source: "synthetic" });
  await using registry = startRegistry({ corpus, faults: { latencyMs: 2 } });
  await withTempDir(async (dir) => {
    const clean = await withTempDir(async (other) => {
      assert.equal((await update(registry, other)).code, 0);
      return await published(other);
    });
    let killed = 0;
    for (let attempt = 0; killed < KILLS; attempt++) {
      assert.ok(attempt < 3 * KILLS, `seed ${seed}: runs end before they can be killed`);
      const byTime = killed >= KILLS - KILLS_BY_TIME;
      const moment = byTime
        ? delay(100 + 900 * random())
        : afterRequests(registry, 1 + Math.floor(30 * random()));
      if (await runUntil(moment, registry, dir)) killed++;
    }
    const run = await update(registry, dir);
    assert.equal(run.code, 0, `seed ${seed}: ${run.stderr}`);
    assert.equal(registry.counters().violations, 0);
    const found = await published(dir);
    assert.ok(found.cache === clean.cache, `seed ${seed}: the caches differ`);
    assert.ok(found.mappings === clean.mappings, `seed ${seed}: the mappings differ`);
  });
});

/** Starts an update and kills it at a moment; false when it had ended before. */
async function runUntil(
  moment: Promise<void>,
  registry: TestRegistry,
  dir: string,
): Promise<boolean> {
  const child = spawnCli([
    ...["registry", "update", "--data-dir", dir, "--manager-url", sampleManager],
    ...["--checkpoint-interval", "1", "--no-progress", "-q"],
    ...crawlArguments(registry),
  ], dir);
  const ended = child.status.then(() => true);
  const early = await Promise.race([moment.then(() => false), ended]);
  if (!early) kill(child);
  const [{ success }] = await Promise.all([
    child.status,
    child.stdin.close().catch(() => {}),
    child.stdout.cancel(),
    new Response(child.stderr).text().then((text) => early && assert.equal(text, "")),
  ]);
  return !early && !success;
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It ended by itself in the same moment.
    if (!(error instanceof TypeError)) throw error;
  }
}

async function afterRequests(registry: TestRegistry, count: number): Promise<void> {
  const before = registry.counters().total;
  for (let waited = 0; registry.counters().total < before + count && waited < 30_000; waited++) {
    await delay(1);
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Numbers from 0 up to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
