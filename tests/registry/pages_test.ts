import assert from "node:assert/strict";
import { ComfydockError, silentReporter } from "../../src/base/mod.ts";
import { httpErrors } from "../../src/http/mod.ts";
import { type PagesOptions, readAllPages } from "../../src/registry/crawl/pages.ts";

/** Reads a list of numbers that `view` may rearrange before each page is cut from it. */
async function read(
  items: number[],
  view: (items: number[], request: number) => number[],
  options: Partial<PagesOptions<number>> = {},
) {
  const seen = new Set<number>();
  let requests = 0;
  const result = await readAllPages<number>({
    fetchPage: (page) => {
      const all = view(items, ++requests);
      return Promise.resolve({
        items: all.slice((page - 1) * 10, page * 10),
        total: all.length,
        rejected: [],
      });
    },
    pageSize: 10,
    take: (item) => !seen.has(item) && Boolean(seen.add(item)),
    onPage: (fresh) => assert(fresh <= 10),
    concurrency: 4,
    report: silentReporter,
    ...options,
  });
  return { seen: [...seen], requests, result };
}

const hundred = Array.from({ length: 100 }, (_, index) => index);

Deno.test("readAllPages() asks for each page once when the list keeps still", async () => {
  const { seen, requests, result } = await read(hundred, (items) => items);
  assert.deepEqual(seen.sort((a, b) => a - b), hundred);
  assert.equal(requests, 10);
  assert.equal(result.complete, true);
});

Deno.test("readAllPages() sees every record of a list that shifts while it is read, and none twice", async () => {
  const shifting = (items: number[], request: number) => {
    const by = (request * 7) % items.length;
    return request < 14 ? [...items.slice(by), ...items.slice(0, by)] : items;
  };
  const { seen, result } = await read(hundred, shifting);
  assert.deepEqual([...seen].sort((a, b) => a - b), hundred);
  assert.equal(result.complete, true);
});

Deno.test("readAllPages() goes on to pages that appear while it reads", async () => {
  const growing = (items: number[], request: number) => request < 5 ? items : [...items, 100, 101];
  const { seen } = await read(hundred, growing);
  assert.equal(seen.length, 102);
});

Deno.test("readAllPages() says that it is not complete when a page keeps failing", async () => {
  const broken = new ComfydockError(httpErrors.HTTP_STATUS, "Server said 500");
  const { result, seen } = await read(hundred, (items) => items, {
    fetchPage: (page) =>
      page === 3 ? Promise.reject(broken) : Promise.resolve({
        items: hundred.slice((page - 1) * 10, page * 10),
        total: 100,
        rejected: [],
      }),
  });
  assert.equal(result.complete, false);
  assert.equal(seen.length, 90);
});

Deno.test("readAllPages() does not call a limited reading complete", async () => {
  const { result, requests } = await read(hundred, (items) => items, { maxPages: 2 });
  assert.equal(requests, 2);
  assert.equal(result.complete, false);
});
