import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { compare } from "semver";
import { compareVersions } from "../../src/base/version_order.ts";

Deno.test("compareVersions() puts the newest first, odd versions among the others", () => {
  const ordered = [
    "2024.08.01",
    "1.10.0",
    "1.9.0",
    "1.2.3.10",
    "1.2.3.4",
    "1.2.3",
    "1.2.3-rc.10",
    "1.2.3-rc.2",
    "1.2.3-beta",
    "1.2.3-7",
    "v1.2",
    "1.0rc1",
    "0.0.1",
    "nightly 10",
    "nightly 9",
    "",
  ];
  deepEqual([...ordered].reverse().sort(compareVersions), ordered);
  deepEqual([...ordered].sort().sort(compareVersions), ordered);
});

const part = fc.oneof(fc.nat(12).map(String), fc.constantFrom("alpha", "beta", "rc", "x-y", "0a"));
const semantic = fc.tuple(
  fc.array(fc.nat(11), { minLength: 3, maxLength: 3 }),
  fc.array(part, { maxLength: 3 }),
).map(([numbers, pre]) => numbers.join(".") + (pre.length ? `-${pre.join(".")}` : ""));

Deno.test("compareVersions() orders semantic versions as the semver package does", () => {
  fc.assert(fc.property(semantic, semantic, (a, b) => {
    equal(Math.sign(compareVersions(a, b)), Math.sign(Number(compare(b, a))));
  }));
});

Deno.test("compareVersions() is a total order on any text", () => {
  const any = fc.oneof(semantic, fc.string(), fc.stringMatching(/^v?\d+(\.\d+){0,4}[a-z.-]*\d*$/));
  fc.assert(
    fc.property(any, any, any, (a, b, c) => {
      equal(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) + 0);
      equal(compareVersions(a, b) === 0, a === b);
      if (compareVersions(a, b) < 0 && compareVersions(b, c) < 0) {
        equal(compareVersions(a, c) < 0, true);
      }
    }),
    { numRuns: 1_000 },
  );
});
