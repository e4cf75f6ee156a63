import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import {
  augmentMappings,
  buildMappings,
  type ManagerData,
  mappingsText,
  parseManagerData,
  parseOutputSchema,
  writeMappings,
} from "../../../src/mappings/mod.ts";
import {
  augmentDraft,
  countParts,
  DiskDraft,
  fillDraft,
  readMappingsParts,
  viewDraft,
  writeView,
} from "../../../src/mappings/draft/mod.ts";
import { withTempDir } from "../../support/alone.ts";
import { anyCache } from "../../support/cache_packages.ts";

const now = "2026-08-21T00:00:00Z";
const at = Date.parse(now);

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const manager: ManagerData = parseManagerData({
  list: encode({ custom_nodes: [] }),
  map: encode({
    "https://github.com/a/one": [["KSampler", "Only here"], { title_aux: "One" }],
    "https://github.com/b/two": [["A|b"], { preemptions: ["KSampler"] }],
  }),
});

Deno.test("a draft on disk gives the bytes of one in memory, with earlier mappings and Manager's data", async () => {
  await withTempDir(async (dir) => {
    const [earlier, target] = [join(dir, "earlier.json"), join(dir, "target.json")];
    await fc.assert(
      fc.asyncProperty(anyCache, anyCache, async (first, second) => {
        const previous = await buildMappings(first, { now });
        const inMemory = await buildMappings(second, { now, maxVersions: 2, previous });
        await writeMappings(earlier, previous);
        using draft = new DiskDraft(join(dir, "draft.db"), at);
        const parts = countParts(readMappingsParts(earlier));
        await fillDraft(draft, second, { maxVersions: 2, previous: parts.parts });
        await writeView(target, viewDraft(draft, { now }));
        assert.equal(await Deno.readTextFile(target), [...mappingsText(inMemory)].join(""));
        const { packages, signatures } = previous.stats;
        assert.deepEqual(parts.counts, { packages, signatures });
        augmentDraft(draft, manager, { now });
        await writeView(target, viewDraft(draft, { now }));
        const augmented = augmentMappings(inMemory, manager, { now });
        assert.equal(await Deno.readTextFile(target), [...mappingsText(augmented)].join(""));
      }),
      { numRuns: 40 },
    );
  });
});

Deno.test("a schema switches off fields of what is written, and not what ranks are made from", async () => {
  await withTempDir((dir) => {
    const schema = parseOutputSchema("[packages]\ndownloads = false\n", "schema");
    using draft = new DiskDraft(join(dir, "draft.db"), at);
    for (const [id, downloads] of [["a", 1], ["b", 1_000]] as const) {
      draft.setPackage(id, { downloads, versions: {} });
      draft.setEntry("N::_", { package_id: id, versions: [], rank: 1 });
    }
    const view = viewDraft(draft, { now, schema });
    const providers = [...view.keys()].map(([, entries]) => entries.map((one) => one.package_id));
    assert.deepEqual(providers, [["b", "a"]]);
    assert.deepEqual([...view.packages()], [["a", { versions: {} }], ["b", { versions: {} }]]);
    return Promise.resolve();
  });
});

Deno.test("readMappingsParts() reads files of any layout, and refuses one that is cut or broken", async () => {
  await withTempDir(async (dir) => {
    const path = join(dir, "m.json");
    const partsOf = async (text: string) => {
      await Deno.writeTextFile(path, text);
      return (await Array.fromAsync(readMappingsParts(path))).length;
    };
    const mappings = augmentMappings(await buildMappings([], { now }), manager, { now });
    const text = [...mappingsText(mappings)].join("");
    const all = await partsOf(text);
    assert.equal(all, 5);
    assert.equal(await partsOf(JSON.stringify(JSON.parse(text))), all);
    const broken = [
      text.slice(0, -3),
      text.slice(0, text.indexOf('"packages"')),
      text.replace('"rank":1', '"rank":"1"'),
      text.replace('::_":', '":'),
      text.replace('"versions":{}', '"versions":7'),
      text.replace('"package_id"', '"package'),
    ];
    for (const [index, one] of broken.entries()) {
      await assert.rejects(partsOf(one), { code: "MAPPINGS_INVALID" }, String(index));
    }
    const newer = text.replace('"schema_version":1', '"schema_version":2');
    await assert.rejects(partsOf(newer), { code: "MAPPINGS_TOO_NEW" });
  });
});

Deno.test("a draft leaves no file behind, and begins anew where a killed one lies", async () => {
  await withTempDir(async (dir) => {
    const path = join(dir, "draft.db");
    await Deno.writeTextFile(path, "left by somebody");
    {
      using draft = new DiskDraft(path, at);
      draft.setPackage("a", { versions: {} });
      assert.deepEqual(draft.stats().packages, 1);
    }
    assert.deepEqual([...Deno.readDirSync(dir)], []);
  });
});
