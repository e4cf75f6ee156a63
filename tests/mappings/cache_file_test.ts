import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { chunkSource } from "../../src/base/mod.ts";
import {
  buildMappings,
  type KeyedPackage,
  mappingsText,
  ProblemList,
  readCacheFile,
} from "../../src/mappings/mod.ts";
import { ClassReader, ClassScanner } from "../../src/mappings/classes/mod.ts";
import { anyCache, aPackage, aVersion } from "../support/cache_packages.ts";

const now = "2026-08-21T00:00:00Z";
const encoder = new TextEncoder();

async function readText(
  text: string,
  cuts: readonly number[] = [],
): Promise<{ readonly packages: KeyedPackage[]; readonly problems: ProblemList }> {
  const bytes = encoder.encode(text);
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  const chunks = places.slice(1).map((end, index) => bytes.slice(places[index], end));
  const problems = new ProblemList();
  const packages = await Array.fromAsync(readCacheFile(chunkSource("cache", chunks), problems));
  return { packages, problems };
}

Deno.test("readCacheFile() gives the mappings that the same packages give as values", async () => {
  const layout = fc.constantFrom(undefined, 1, "\t");
  const cuts = fc.array(fc.nat(10_000), { maxLength: 8 });
  await fc.assert(fc.asyncProperty(anyCache, layout, cuts, async (cache, indent, places) => {
    const text = JSON.stringify({ cached_at: now, nodes: cache, count: 1 }, null, indent);
    const { packages, problems } = await readText(text, places);
    const found = await buildMappings(packages, { now });
    const expected = await buildMappings(cache, { now });
    equal([...mappingsText(found)].join(""), [...mappingsText(expected)].join(""));
    equal(problems.count, 0);
  }));
});

Deno.test("ClassScanner reads usual packages itself, and leaves odd ones to the parser", () => {
  const usual = JSON.stringify(aPackage("p", {
    versions_list: [aVersion("1", { "é": '{"required":{"a":["INT"]}}', b: { optional: {} } })],
  }));
  const odd = [
    usual.replace('"comfy_nodes"', '"comfy\\u005fnodes"'),
    usual.replace('"versions_list"', '"versions\\u005flist"'),
    usual.replace('"comfy_node_name":"b"', '"comfy_node_name":7'),
    usual.replace('"comfy_node_name":"b",', ""),
    usual.replace('"downloads":0', '"downloads":00'),
    usual.slice(0, -1),
    "[1]",
    "",
  ];
  const scanner = new ClassScanner(new ClassReader());
  const scan = (text: string) => {
    const bytes = encoder.encode(`,${text}`);
    return scanner.scan(bytes, 1, bytes.length);
  };
  const scanned = scan(usual);
  deepEqual(scanned?.lists, [["é::80f90a7b", "b::_"]]);
  deepEqual(JSON.parse(new TextDecoder().decode(scanned?.rest)).versions_list[0].comfy_nodes, 0);
  for (const text of odd) equal(scan(text), undefined, text);
});

Deno.test("readCacheFile() reports a bad package with its path and goes on with the next", async () => {
  const good = (id: string) => JSON.stringify(aPackage(id, { versions_list: [aVersion("1")] }));
  const bad = [
    ['{"id":7}', /\$\.nodes\[1\]\.id/],
    ['{"id":"a\\u0007"}', /control characters.*nodes\[1\]\.id/],
    ['"text"', /an object at \$\.nodes\[1\]/],
    ['{"id":"x","versions_list":{}}', /a list at \$\.nodes\[1\]\.versions_list/],
    ['{"id":"x","versions_list":[5]}', /\$\.nodes\[1\]\.versions_list\[0\]/],
    ['{"id":"x","versions_list":[{"version":"1","dependencies":[1]}]}', /dependencies\[0\]/],
    ['{"id":"x","downloads":"many"}', /a number at \$\.nodes\[1\]\.downloads/],
    [
      '{"id":"x","versions_list":[{"version":"1","metadata_cached":true,"comfy_nodes":[{}]}]}',
      /\$\.nodes\[1\]\.versions_list\[0\]\.comfy_nodes\[0\]\.comfy_node_name/,
    ],
    ['{"id":"x",}', /valid JSON at \$\.nodes\[1\]/],
    [`{"id":"x","a":${"[".repeat(200)}${"]".repeat(200)}}`, /nested deeper/],
  ] as const;
  for (const [text, says] of bad) {
    const { packages, problems } = await readText(`{"nodes":[${good("a")},${text},${good("b")}]}`);
    deepEqual(packages.map(({ id }) => id), ["a", "b"], text);
    equal(problems.count, 1, text);
    equal(problems.kept[0]?.path, "$.nodes[1]");
    equal(says.test(problems.kept[0]!.message), true, problems.kept[0]!.message);
  }
});

Deno.test("readCacheFile() reads NaN as no value and reports class names that cannot be used", async () => {
  const pack = JSON.stringify(aPackage("p", {
    rating: 0,
    versions_list: [
      aVersion("1", { "a\nb": "", ok: '{"required":{"a":["INT",{"max":Infinity}]}}' }),
    ],
  })).replace('"rating":0', '"rating":NaN');
  const { packages, problems } = await readText(`{"nodes":[${pack}]}`);
  deepEqual(packages[0]?.keys.get("1"), ["ok::80f90a7b"]);
  equal(packages[0]?.package.rating, undefined);
  deepEqual(problems.kept, [
    { path: "$.nodes[0]", message: 'Left out the class "a\\nb": it has control characters' },
  ]);
});
