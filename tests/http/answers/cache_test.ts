import assert from "node:assert/strict";
import { join } from "node:path";
import type { WorkEvent } from "../../../src/base/mod.ts";
import { type KeptAnswer, openAnswerCache } from "../../../src/http/answers/mod.ts";
import { patientClock } from "../../support/http_server.ts";

function answer(checkedAt: number, size = 10): KeptAnswer {
  return { status: 200, url: "http://a/", checkedAt, body: new Uint8Array(size).fill(65) };
}

async function withDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("the cache gives back what it was given, also to another process's connection", async () => {
  await withDirectory((directory) => {
    const path = join(directory, "api_cache.db");
    using one = openAnswerCache(path, { clock: patientClock(7_000) });
    using other = openAnswerCache(path);
    const kept = { ...answer(5), status: 404, etag: 'W/"é"', contentType: "text/plain" };
    one.keep("k", kept);
    assert.deepEqual(other.read("k"), kept);
    assert.equal(other.read("else"), undefined);
    one.confirm("k");
    assert.equal(other.checkedAt("k"), 7_000);
    return Promise.resolve();
  });
});

Deno.test("the cache stays below its size: the oldest answers go, one that is too large never comes in", async () => {
  await withDirectory((directory) => {
    using cache = openAnswerCache(join(directory, "a.db"), { maxBytes: 1_000 });
    for (let n = 0; n < 30; n++) cache.keep(`k${n}`, answer(n, 98));
    const left = Array.from({ length: 30 }, (_, n) => n).filter((n) => cache.checkedAt(`k${n}`));
    assert.deepEqual(left, Array.from({ length: left.length }, (_, n) => 30 - left.length + n));
    assert.ok(left.length >= 8 && left.length <= 10, `${left.length} answers are left`);
    cache.keep("huge", answer(99, 501));
    assert.equal(cache.read("huge"), undefined);
    return Promise.resolve();
  });
});

Deno.test("a damaged cache begins anew, and one of another version too", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "a.db");
    const events: WorkEvent[] = [];
    const open = () => openAnswerCache(path, { report: { emit: (event) => events.push(event) } });
    const fill = () => {
      using cache = open();
      for (let n = 0; n < 50; n++) cache.keep(`k${n}`, answer(n + 1, 3_000));
    };
    fill();
    const whole = await Deno.readFile(path);
    const damages: readonly ((bytes: Uint8Array) => Uint8Array)[] = [
      () => new TextEncoder().encode("no database at all"),
      (bytes) => bytes.fill(0xaa, 0, 100),
      (bytes) => bytes.fill(0xaa, 4_096),
      (bytes) => bytes.slice(0, bytes.length >> 1),
      (bytes) => bytes.fill(9, 60, 64),
    ];
    for (const [place, damage] of damages.entries()) {
      await Deno.writeFile(path, damage(whole.slice()));
      using cache = open();
      for (let n = 0; n < 50; n++) cache.read(`k${n}`);
      cache.keep("new", answer(1));
      assert.ok(cache.read("new"), `damage ${place}`);
    }
    assert.deepEqual(events, []);
  });
});

Deno.test("where no cache can be written, answers are kept for the process, and that is told", async () => {
  await withDirectory(async (directory) => {
    await Deno.writeTextFile(join(directory, "file"), "");
    const events: WorkEvent[] = [];
    using cache = openAnswerCache(join(directory, "file", "a.db"), {
      report: { emit: (event) => events.push(event) },
    });
    cache.keep("k", answer(1));
    assert.equal(cache.read("k")?.status, 200);
    assert.match(JSON.stringify(events), /^\[.*ANSWERS_NOT_KEPT/);
  });
});
