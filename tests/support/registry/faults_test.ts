import assert from "node:assert/strict";
import { type AnswerFault, makeCorpus, type RegistryFaults, startRegistry } from "./mod.ts";

const corpus = await makeCorpus({ packages: 30, source: "synthetic" });

async function listIds(url: string, page: number, query = ""): Promise<readonly string[]> {
  const response = await fetch(`${url}/nodes?limit=10&page=${page}${query}`);
  const { nodes }: { nodes: { id: string }[] } = await response.json();
  return nodes.map(({ id }) => id);
}

async function withFaults(
  faults: RegistryFaults,
  body: (registry: ReturnType<typeof startRegistry>) => Promise<void>,
): Promise<void> {
  await using registry = startRegistry({ corpus, faults });
  await body(registry);
}

for (const status of ["500", "502", "503"] as const) {
  Deno.test(`${status} is answered as often as asked for, then the whole answer`, async () => {
    await withFaults({ first: { [status]: 2 } }, async ({ url, counters }) => {
      const seen: number[] = [];
      for (let turn = 0; turn < 3; turn++) {
        const response = await fetch(`${url}/nodes`);
        await response.body?.cancel();
        seen.push(response.status);
      }
      assert.deepEqual(seen, [Number(status), Number(status), 200]);
      assert.deepEqual(counters().broken, { [status]: 2 });
    });
  });
}

Deno.test("cut ends the connection in the middle of the body", async () => {
  await withFaults({ first: { cut: 1 } }, async ({ url }) => {
    const response = await fetch(`${url}/nodes`);
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
    await (await fetch(`${url}/nodes`)).json();
  });
});

Deno.test("truncated is half of the JSON in a whole frame", async () => {
  await withFaults({ first: { truncated: 1 } }, async ({ url }) => {
    const broken = await (await fetch(`${url}/nodes`)).text();
    assert.throws(() => JSON.parse(broken), SyntaxError);
    const whole = await (await fetch(`${url}/nodes`)).text();
    assert.ok(whole.startsWith(broken) && broken.length > 0);
  });
});

Deno.test("html is a page of HTML with status 200", async () => {
  await withFaults({ first: { html: 1 } }, async ({ url }) => {
    const response = await fetch(`${url}/nodes`);
    assert.equal(response.status, 200);
    assert.match(await response.text(), /^<!doctype html>/);
  });
});

Deno.test("huge is a body of the asked size", async () => {
  await withFaults({ first: { huge: 1 }, hugeBytes: 5_000_001 }, async ({ url }) => {
    const response = await fetch(`${url}/nodes`);
    assert.equal((await response.bytes()).length, 5_000_001);
  });
});

Deno.test("stall sends half of the body, then nothing until the client gives up", async () => {
  await withFaults({ first: { stall: 1 } }, async ({ url }) => {
    const reading = new AbortController();
    const response = await fetch(`${url}/nodes`, { signal: reading.signal });
    const reader = response.body!.getReader();
    assert.ok((await reader.read()).value!.length > 0);
    const next = reader.read();
    const waited = new Promise((resolve) => setTimeout(() => resolve("still waiting"), 100));
    assert.equal(await Promise.race([next, waited]), "still waiting");
    reading.abort();
    await assert.rejects(next);
  });
});

Deno.test("chances depend on the request alone, and a repeated one gets through", async () => {
  const faults: RegistryFaults = { chances: { "500": 0.3, html: 0.2 }, seed: 7 };
  const runs: string[][] = [];
  for (let run = 0; run < 2; run++) {
    await withFaults(faults, async ({ url }) => {
      const answers = await Promise.all(corpus.packages.map(async ({ id }) => {
        const response = await fetch(`${url}/nodes/${id}/versions`);
        await response.body?.cancel();
        return `${id} ${response.status} ${response.headers.get("content-type")}`;
      }));
      runs.push(answers);
    });
  }
  assert.deepEqual(runs[0], runs[1]);
  const failures = runs[0]!.filter((line) => / 500 | text\/html/.test(line)).length;
  assert.ok(failures > 5 && failures < 25, `${failures} of 30 failed`);
  await withFaults({ chances: { "500": 1 } }, async ({ url }) => {
    const seen = [];
    for (let turn = 0; turn < 3; turn++) {
      const response = await fetch(`${url}/nodes`);
      await response.body?.cancel();
      seen.push(response.status);
    }
    assert.deepEqual(seen, [500, 500, 200]);
  });
});

Deno.test("faults hold for the named endpoints only, and missing ones are 404", async () => {
  const fault: AnswerFault = "503";
  await withFaults(
    { chances: { [fault]: 1 }, only: ["versions"], missing: ["bulk"] },
    async ({ url }) => {
      const status = async (path: string, method = "GET") => {
        const response = await fetch(url + path, { method });
        await response.body?.cancel();
        return response.status;
      };
      assert.equal(await status("/nodes"), 200);
      assert.equal(await status("/versions"), 503);
      assert.equal(await status("/bulk/nodes/versions", "POST"), 404);
    },
  );
});

for (
  const { retryAfter, expected } of [
    { retryAfter: undefined, expected: /^[1-9]$/ },
    { retryAfter: "date", expected: / GMT$/ },
    { retryAfter: "none", expected: /^absent$/ },
  ] as const
) {
  Deno.test(`beyond the limit the answer is 429 with Retry-After ${retryAfter ?? "seconds"}`, async () => {
    // One token in 1,000 seconds: time plays no part.
    const limit = { perSecond: 0.5, burst: 2, retryAfter };
    await withFaults({ limit }, async ({ url, counters }) => {
      const answers: Response[] = [];
      for (let turn = 0; turn < 3; turn++) answers.push(await fetch(`${url}/nodes`));
      await Promise.all(answers.map((answer) => answer.body?.cancel()));
      assert.deepEqual(answers.map(({ status }) => status), [200, 200, 429]);
      assert.match(answers[2]!.headers.get("retry-after") ?? "absent", expected);
      assert.equal(counters().limited, 1);
    });
  });
}

Deno.test("shuffled pages repeat some packages and miss others, unless an order is named", async () => {
  await withFaults({ shift: { kind: "shuffle" } }, async ({ url }) => {
    const loose = [];
    for (let round = 0; round < 4; round++) {
      for (let page = 1; page <= 3; page++) loose.push((await listIds(url, page)).join());
    }
    assert.ok(new Set(loose).size > 3);
    const strict = [];
    for (let round = 0; round < 4; round++) strict.push((await listIds(url, 2, "&sort=id")).join());
    assert.equal(new Set(strict).size, 1);
  });
});

Deno.test("inserted packages push a known one onto the next page; deleted ones go from the end", async () => {
  const ids = corpus.packages.map(({ id }) => id);
  await withFaults({ shift: { kind: "insert", count: 1, every: 1 } }, async ({ url }) => {
    assert.deepEqual(await listIds(url, 1), ids.slice(1, 11));
    assert.deepEqual(await listIds(url, 2), ids.slice(10, 20));
  });
  await withFaults({ shift: { kind: "delete", count: 2, every: 1 } }, async ({ url }) => {
    assert.deepEqual(await listIds(url, 3), ids.slice(20, 30));
    assert.deepEqual(await listIds(url, 3), ids.slice(20, 29));
    assert.deepEqual(await listIds(url, 3), ids.slice(20, 28));
  });
});
