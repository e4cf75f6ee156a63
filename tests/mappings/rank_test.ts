import { deepEqual, equal } from "node:assert/strict";
import {
  type MappedPackage,
  newestRelease,
  orderPackages,
  packageScore,
  rankEntries,
} from "../../src/mappings/mod.ts";

const now = Date.parse("2026-08-21T00:00:00Z");

function released(date: string | undefined, fields: Partial<MappedPackage> = {}): MappedPackage {
  return { ...fields, versions: { "1": { release_date: date } } };
}

function daysAgo(days: number): string {
  return new Date(now - days * 86_400_000).toISOString();
}

Deno.test("packageScore() is downloads / 10 + stars × 2, at least 0.1", () => {
  equal(packageScore({ downloads: 1_000, github_stars: 50, versions: {} }, now), 200);
  equal(packageScore({ versions: {} }, now), 0.1);
  equal(packageScore({ downloads: -5, versions: {} }, now), 0.1);
});

Deno.test("packageScore() falls with the age of the newest release", () => {
  const ages: readonly (readonly [number, number])[] = [
    [0, 1],
    [89.9, 1],
    [90, 0.95],
    [179.9, 0.95],
    [180, 0.85],
    [364.9, 0.85],
    [365, 0.7],
    [729.9, 0.7],
    [730, 0.5],
    [-3, 1],
  ];
  for (const [days, factor] of ages) {
    equal(
      packageScore(released(daysAgo(days), { github_stars: 50 }), now),
      100 * factor,
      `${days}`,
    );
  }
  equal(packageScore(released(undefined, { github_stars: 50 }), now), 100);
  equal(packageScore(released("yesterday", { github_stars: 50 }), now), 100);
});

Deno.test("newestRelease() takes the newest version, or the last update of Manager's data, in UTC", () => {
  const versions = { a: { release_date: daysAgo(5) }, b: { release_date: daysAgo(2) }, c: {} };
  equal(newestRelease({ versions }), now - 2 * 86_400_000);
  equal(newestRelease({ versions: {}, last_update: "2026-08-21 00:00:00" }), now);
  equal(newestRelease({ versions: {}, last_update: "2026-08-21" }), now);
  equal(newestRelease({ versions: {}, last_update: "2026-08-21T02:00:00+02:00" }), now);
  equal(newestRelease({ versions: {} }), undefined);
});

Deno.test("rankEntries() ranks 1 to n by score, ties by package id, unknown packages last", () => {
  const packages = {
    b: { github_stars: 5, versions: {} },
    a: { github_stars: 5, versions: {} },
    top: { downloads: 10_000, versions: {} },
  };
  const entries = ["zz", "b", "top", "aa", "a"].map((package_id) => ({
    package_id,
    versions: [],
    rank: 9,
  }));
  deepEqual(
    rankEntries(entries, orderPackages(packages, now)).map((
      { package_id, rank },
    ) => [package_id, rank]),
    [["top", 1], ["a", 2], ["b", 3], ["aa", 4], ["zz", 5]],
  );
});
