import assert from "node:assert/strict";
import fc from "fast-check";
import { commitMessage, summaryText } from "../../tasks/nightly/metrics.ts";
import { readSettings } from "../../tasks/nightly/settings.ts";
import { planThinning } from "../../tasks/nightly/thinning.ts";

const DAY = 86_400_000;
const day = (number: number) => new Date(number * DAY).toISOString().slice(0, 10);

Deno.test("planThinning() keeps every day of the last 90, and of older weeks the first", () => {
  const dates = Array.from({ length: 120 }, (_, index) => day(20_000 + index));
  const gone = planThinning(dates.toReversed(), day(20_119));
  const kept = dates.filter((date) => !gone.includes(date));
  assert.equal(kept.filter((date) => date >= day(20_029)).length, 91);
  const older = kept.filter((date) => date < day(20_029));
  assert.deepEqual(older.map((date) => new Date(date).getUTCDay()).slice(1), [1, 1, 1, 1]);
  assert.deepEqual(planThinning(kept, day(20_119)), []);
});

Deno.test("thinning each night leaves the weeks that thinning once leaves", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 400 })), (numbers) => {
    const dates = numbers.map((number) => day(20_000 + number)).sort();
    let left: string[] = [];
    for (const date of dates) {
      left.push(date);
      const gone = planThinning(left, date);
      left = left.filter((one) => !gone.includes(one));
    }
    const today = dates.at(-1) ?? day(20_000);
    const once = planThinning(dates, today);
    assert.deepEqual(left, dates.filter((one) => !once.includes(one)));
  }));
});

Deno.test("settings come from the job, and what makes no sense is refused", () => {
  const base: Record<string, string> = {
    GITHUB_REPOSITORY: "someone/dock",
    GITHUB_RUN_NUMBER: "7",
    NIGHTLY_DIRECTORY: "/tmp/x",
  };
  const read = (more: Record<string, string> = {}) => {
    const all: Record<string, string> = { ...base, ...more };
    return readSettings((name) => all[name]);
  };
  assert.deepEqual(
    [read().layout, read().remote, read().budget, read().full],
    ["releases", "https://github.com/someone/dock", undefined, false],
  );
  const data = read({ DATA_REPOSITORY: "someone/data", REQUEST_BUDGET: "900", FORCE_FULL: "true" });
  assert.deepEqual(
    [data.layout, data.dataRemote, data.budget, data.full],
    ["repository", "https://github.com/someone/data", 900, true],
  );
  const wrong: readonly (readonly [name: string, value: string])[] = [
    ["NIGHTLY_LAYOUT", "both"],
    ["NIGHTLY_LAYOUT", "repository"],
    ["REQUEST_BUDGET", "many"],
    ["GITHUB_REPOSITORY", ""],
  ];
  for (const [name, value] of wrong) assert.throws(() => read({ [name]: value }), name);
});

Deno.test("a commit names its day and its numbers, and a summary shows nothing as markup", () => {
  assert.equal(
    commitMessage("2026-09-01", { packages: 4500, requests: 210 }),
    "Update registry data 2026-09-01\n\npackages: 4500\nrequests: 210\n",
  );
  const text = summaryText("Registry data", { packages: 1 }, ["<img> |x|\n@someone [a](b)"]);
  assert.match(text, /\| packages \| 1 \|/);
  assert.match(text, /- \\<img\\> \\\|x\\\| \\@someone \\\[a\\\]\(b\)\n/);
});
