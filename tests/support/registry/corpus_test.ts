import assert from "node:assert/strict";
import { type Corpus, corpusSize } from "../../../src/demo/sample_registry/mod.ts";
import {
  makeCorpus,
  predecessorRequests,
  withOddRecords,
  withoutPackages,
  withVersionStatus,
} from "./mod.ts";

const small = { packages: 400, source: "synthetic" } as const;

/** How far a count lies from what is expected, as a share. */
function offBy(actual: number, expected: number): number {
  return Math.abs(actual - expected) / expected;
}

function versionMap(corpus: Corpus): ReadonlyMap<string, string> {
  return new Map(
    corpus.packages.flatMap(({ id, versions }) =>
      versions.map(({ version, whole }) => [`${id} ${version}`, whole] as const)
    ),
  );
}

Deno.test("makeCorpus() has the size of the real registry and costs the predecessor what was measured", async () => {
  const corpus = await makeCorpus();
  const size = corpusSize(corpus);
  assert.equal(size.packages, 4_500);
  assert.ok(offBy(size.versions, 36_000) < 0.03, `${size.versions} versions`);
  // Without Manager's data the classes are drawn, and a few huge packs decide much.
  assert.ok(offBy(size.classes, 145_000) < 0.07, `${size.classes} classes`);
  const requests = predecessorRequests(corpus, { maxVersions: 10 });
  assert.equal(requests.nodePages, 45);
  assert.ok(offBy(requests.total, 31_500) < 0.03, `${requests.total} requests`);
});

Deno.test("makeCorpus() makes equal corpora of equal options, and others of other seeds", async () => {
  const one = await makeCorpus(small);
  assert.deepEqual(await makeCorpus(small), one);
  assert.notDeepEqual(await makeCorpus({ ...small, seed: 2 }), one);
});

Deno.test("classes that do not change between versions are the same list, and some do change", async () => {
  const { packages } = await makeCorpus(small);
  let same = 0;
  let differ = 0;
  for (const { versions } of packages) {
    const read = versions.filter(({ classes }) => classes.length > 0);
    for (const [index, version] of read.slice(1).entries()) {
      const newer = read[index]!;
      if (newer.classes === version.classes) same++;
      else {
        differ++;
        assert.notDeepEqual(newer.classes, version.classes);
      }
    }
  }
  const share = differ / (same + differ);
  assert.ok(share > 0.1 && share < 0.35, `${share} of the neighbours differ`);
});

Deno.test("about 70 % of the versions were read, and whole packs are stuck", async () => {
  const { packages } = await makeCorpus(small);
  const all = packages.flatMap(({ versions }) => versions);
  const success = all.filter(({ whole }) =>
    JSON.parse(whole).comfy_node_extract_status === "success"
  );
  assert.ok(offBy(success.length / all.length, 0.7) < 0.15, `${success.length} of ${all.length}`);
  const stuck = packages.filter(({ versions }) =>
    versions.every(({ whole }) => JSON.parse(whole).comfy_node_extract_status === "pending")
  );
  assert.ok(stuck.length > 40, `${stuck.length} packs are stuck`);
});

Deno.test("dates have 0 to 9 fractional digits", async () => {
  const { packages } = await makeCorpus(small);
  const digits = new Set<number>();
  for (const { whole } of packages.flatMap(({ versions }) => versions)) {
    const { createdAt } = JSON.parse(whole);
    const [, fraction = ""] = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,9}))?Z$/.exec(createdAt) ??
      [];
    assert.ok(!Number.isNaN(Date.parse(createdAt)), createdAt);
    digits.add(fraction.length);
  }
  assert.deepEqual([...digits].toSorted(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("the next day brings versions to 1 % of the packages, changes old ones and loses few", async () => {
  const options = { packages: 4_500, source: "synthetic" } as const;
  const [before, after] = [await makeCorpus(options), await makeCorpus({ ...options, day: 1 })];
  const [old, fresh] = [versionMap(before), versionMap(after)];
  const added = [...fresh.keys()].filter((key) => !old.has(key));
  const changed = [...fresh].filter(([key, whole]) => old.has(key) && old.get(key) !== whole);
  assert.ok(added.length >= 30 && added.length <= 60, `${added.length} new versions`);
  assert.ok(changed.length >= 8 && changed.length <= 35, `${changed.length} changed versions`);
  for (const [key, whole] of changed) {
    const { status: _, ...now } = JSON.parse(whole);
    const { status: __, ...then } = JSON.parse(old.get(key) ?? "");
    assert.deepEqual(now, then, "Nothing but the status of an old version changes");
  }
  const lost = before.packages.length - after.packages.length;
  assert.ok(lost >= 1 && lost <= 8, `${lost} packages vanished`);
});

Deno.test("a corpus can lose packages, change a status and hold odd records beside unchanged good ones", async () => {
  const corpus = await makeCorpus({ ...small, packages: 40 });
  const [first, second] = corpus.packages;
  assert.ok(first && second);
  assert.equal(withoutPackages(corpus, [first.id]).packages[0], second);
  const version = first.versions[0]!.version;
  const banned = withVersionStatus(corpus, first.id, version, "NodeVersionStatusBanned");
  assert.equal(
    JSON.parse(banned.packages[0]!.versions[0]!.whole).status,
    "NodeVersionStatusBanned",
  );
  assert.notEqual(JSON.parse(banned.packages[0]!.json).latest_version?.version, version);
  const odd = withOddRecords(corpus, 10);
  assert.equal(odd.packages.length, 44);
  assert.deepEqual(await makeCorpus({ ...small, packages: 40, oddEvery: 10 }), odd);
  const known = new Set(corpus.packages.map(({ json }) => json));
  assert.equal(odd.packages.filter(({ json }) => known.has(json)).length, 40);
  const broken = odd.packages.filter(({ json }) => !known.has(json)).map(({ json }) =>
    JSON.parse(json)
  );
  assert.ok(broken.every(({ id }) => typeof id === "number"));
});
