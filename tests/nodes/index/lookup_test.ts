import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { readAsset } from "../../../src/base/mod.ts";
import {
  canonicalUrl,
  indexMappings,
  lookupNode,
  type NodeMappings,
  parseMappings,
  splitNodeKey,
} from "../../../src/mappings/mod.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";
import { withIndexOf } from "../../support/node_index.ts";

/** A part of the real data: every n-th package with all its classes, and every package with claims. */
async function realData(every: number): Promise<NodeMappings> {
  const whole = parseMappings(gunzipSync(await readAsset("data/node_mappings.json.gz")), "starter");
  const packages = Object.entries(whole.packages).filter(([, pack], place) =>
    place % every === 0 || pack.preemptions || pack.nodename_pattern
  );
  const ids = new Set(packages.map(([id]) => id));
  const mappings = Object.entries(whole.mappings)
    .map(([key, entries]) => [key, entries.filter((one) => ids.has(one.package_id))] as const)
    .filter(([, entries]) => entries.length > 0);
  return {
    ...whole,
    packages: Object.fromEntries(packages),
    mappings: Object.fromEntries(mappings),
  };
}

Deno.test("lookup() answers as the mappings themselves do, for every class and for claimed names", async () => {
  const mappings = await realData(40);
  const plain = indexMappings(mappings, "plain");
  const types = new Set(Object.keys(mappings.mappings).map((key) => splitNodeKey(key)!.nodeType));
  assert.ok(types.size > 1_000);
  const claimed = ["Anything Everywhere", "Crop (mtb)", "ttN text", "Note", "no such class", ""];
  await withIndexOf(mappings, async (index) => {
    for (const type of [...types, ...claimed]) {
      assert.deepEqual(index.lookup(type), lookupNode(plain, type), type);
    }
    for (const [id, pack] of Object.entries(mappings.packages)) {
      assert.deepEqual(index.packageOf(id), pack);
    }
    assert.equal(index.packageOf("nobody"), undefined);
    const { stats: _, ...back } = await index.mappings();
    const { stats: __, ...given } = mappings;
    assert.deepEqual(back, given);
  });
});

const versioned = new MappingsBuilder()
  .withPackage("pack", { versions: { "2.0.0": {}, "1.0.0": {} } })
  .withPackage("rival", { versions: { "0.1.0": {} } })
  .withNode("Both", ["pack", "rival"], "0123abcd")
  .withNode("Both", ["pack"], "_")
  .build();
const mappings: NodeMappings = {
  ...versioned,
  mappings: {
    ...versioned.mappings,
    "OnlyOld::_": [{ package_id: "pack", versions: ["1.0.0"], rank: 1 }],
    "OnlyNew::_": [{ package_id: "pack", versions: ["2.0.0"], rank: 1 }],
    "Unversioned::_": [{ package_id: "pack", versions: [], rank: 1, source: "manager" }],
  },
};

Deno.test("classesOf() tells versions apart where they are known", async () => {
  await withIndexOf(mappings, (index) => {
    const all = ["Both", "OnlyNew", "OnlyOld", "Unversioned"];
    assert.deepEqual(index.classesOf("pack"), all);
    assert.deepEqual(index.classesOf("pack", "1.0.0"), ["Both", "OnlyOld", "Unversioned"]);
    assert.deepEqual(index.classesOf("pack", "2.0.0"), ["Both", "OnlyNew", "Unversioned"]);
    assert.deepEqual(index.classesOf("pack", "9.9.9"), all);
    assert.deepEqual(index.classesOf("nobody"), []);
  });
});

Deno.test("lookup() lets the signature decide", async () => {
  await withIndexOf(mappings, (index) => {
    const answers = index.lookup("Both", "0123abcd");
    assert.deepEqual(answers.map(({ evidence }) => evidence), ["signature", "signature"]);
    assert.deepEqual(index.lookup("Both").map(({ evidence }) => evidence), ["type", "type"]);
  });
});

const spellings = [
  "https://github.com/Someone/Pack.git",
  "git@github.com:someone/pack",
  "ssh://git@github.com/someone/pack/",
  "http://www.github.com/SOMEONE/PACK?tab=readme",
];

Deno.test("packageOfRepository() knows every spelling, and the registry's own before Manager's", async () => {
  const repository = "https://github.com/someone/pack";
  const both = new MappingsBuilder()
    .withPackage("manager_someone_pack", { repository, source: "manager", downloads: 9e6 })
    .withPackage("registered", { repository, downloads: 1 })
    .withPackage("homeless", { repository: undefined })
    .build();
  await withIndexOf(both, (index) => {
    for (const url of spellings) {
      assert.equal(canonicalUrl(url), "github.com/someone/pack");
      assert.equal(index.packageOfRepository(url)?.id, "registered", url);
    }
    assert.equal(index.packageOfRepository("https://github.com/someone/else"), undefined);
    assert.equal(index.packageOfRepository(""), undefined);
  });
});
