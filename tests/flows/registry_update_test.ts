import assert from "node:assert/strict";
import { systemClock } from "../../src/base/mod.ts";
import { withTempDir } from "../support/alone.ts";
import {
  type AnswerFault,
  makeCorpus,
  type RegistryFaults,
  startRegistry,
} from "../support/registry/mod.ts";
import { dayTime, published, quickClock, update } from "../support/registry_runs.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { assertPublishedShape } from "../support/schemas.ts";

const corpus = await makeCorpus({ packages: 400, source: "synthetic" });
const small = await makeCorpus({ packages: 80, source: "synthetic" });

/** What a run without any fault publishes. */
async function cleanRun(of = corpus) {
  await using registry = startRegistry({ corpus: of });
  return await withTempDir(async (dir) => {
    const run = await update(registry, dir);
    assert.equal(run.code, 0, run.stderr);
    return await published(dir);
  });
}

const clean = await cleanRun();
const cleanSmall = await cleanRun(small);

Deno.test("registry update makes data that registry validate passes, without ever calling /install", async () => {
  await using registry = startRegistry({ corpus });
  await withTempDir(async (dir) => {
    const run = await update(registry, dir, { argv: ["--json"] });
    assert.equal(run.code, 0, run.stderr);
    await assertPublishedShape(run.json);
    assert.equal(registry.counters().violations, 0);
    const check = await runInProcess(
      ["registry", "validate", "--data-dir", dir, "--now", dayTime(0), "--json"],
    );
    assert.equal(check.code, 0, check.stdout);
    await assertPublishedShape(check.json);
    assert.deepEqual(check.json?.data, {
      ok: true,
      findings: [],
      counts: {},
      errors: 0,
      warnings: 0,
    });
  });
});

Deno.test("two updates from nothing with the same inputs and --now publish equal bytes", async () => {
  const again = await cleanRun();
  assert.equal(again.mappings, clean.mappings);
  assert.equal(again.cache, clean.cache);
});

const KINDS: readonly AnswerFault[] = ["500", "502", "503", "cut", "truncated", "html"];

const DISTURBANCES: Readonly<Record<string, RegistryFaults>> = {
  ...Object.fromEntries(KINDS.map((kind) => [kind, { chances: { [kind]: 0.1 } }])),
  "429 beyond a limit": { limit: { perSecond: 150, burst: 20 } },
  "429 without Retry-After": { limit: { perSecond: 150, burst: 20, retryAfter: "none" } },
  latency: { latencyMs: 5 },
  "pages that shuffle": { shift: { kind: "shuffle" } },
};

for (const [name, faults] of Object.entries(DISTURBANCES)) {
  Deno.test(`registry update disturbed by ${name} publishes the bytes of an undisturbed one`, async () => {
    await using registry = startRegistry({ corpus: small, faults });
    await withTempDir(async (dir) => {
      const clock = faults.limit ? systemClock : quickClock();
      const run = await update(registry, dir, { clock });
      assert.equal(run.code, 0, run.stderr);
      const { broken, limited } = registry.counters();
      if (faults.chances) assert.deepEqual(Object.keys(broken), Object.keys(faults.chances));
      if (faults.limit) assert.ok(limited > 0);
      assert.deepEqual(await published(dir), cleanSmall);
    });
  });
}

Deno.test("registry update with 2 % of each fault at once publishes the bytes of a clean one", async () => {
  const chances = Object.fromEntries(KINDS.map((kind) => [kind, 0.02]));
  await using registry = startRegistry({
    corpus,
    faults: { chances, latencyMs: 1, shift: { kind: "shuffle" } },
  });
  await withTempDir(async (dir) => {
    const run = await update(registry, dir);
    assert.equal(run.code, 0, run.stderr);
    assert.equal(Object.keys(registry.counters().broken).length, KINDS.length);
    const found = await published(dir);
    assert.equal(found.cache, clean.cache);
    assert.equal(found.mappings, clean.mappings);
  });
});
