import { deepEqual, equal, ok } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { readAsset } from "../../../src/base/mod.ts";
import { openExcerpt } from "../../../src/mappings/blocks/excerpt.ts";
import {
  lookupNode,
  openStarterExcerpt,
  readStarterContents,
} from "../../../src/mappings/lookups/mod.ts";
import {
  contentsText,
  mappingIndexOf,
  mappingsText,
  packBlocks,
  parseMappings,
  STARTER_MAPPINGS,
} from "../../../src/mappings/mod.ts";
import { parseContents } from "../../../src/mappings/blocks/contents.ts";

Deno.test("an excerpt of the starter index answers as the whole does, wherever a class stands", async () => {
  const contents = await readStarterContents();
  const whole = await mappingIndexOf(await readAsset(STARTER_MAPPINGS), "whole");
  const firsts = contents.mappings.map(({ first }) => first.slice(0, first.lastIndexOf("::")));
  const types = [
    ...firsts.filter((_, at) => at % 4 === 0),
    ...["KSampler", "Power Lora Loader (rgthree)", "Reroute", "\u{10FFFF}", "", "no such class"],
  ];
  for (const type of types) {
    deepEqual(lookupNode(await openStarterExcerpt(type), type), lookupNode(whole, type), type);
  }
});

Deno.test("packed block by block, the shipped index is one sound file, and its contents fit it", async () => {
  const packed = await readAsset(STARTER_MAPPINGS);
  const text = [...mappingsText(parseMappings(gunzipSync(packed), STARTER_MAPPINGS))].join("");
  const again = await packBlocks(text);
  deepEqual(again.contents, await readStarterContents());
  equal(gunzipSync(again.packed).toString(), text);
  deepEqual(parseContents(contentsText(again.contents), "again"), again.contents);
  ok(again.contents.mappings.length > 50);
});

Deno.test("classes with several signatures are found across the border of two blocks", async () => {
  const packages = { pack: { display_name: "Pack", versions: { "1.0.0": {} } } };
  const names = Array.from({ length: 900 }, (_, at) => at.toString(16).padStart(8, "0"));
  const mappings = Object.fromEntries(
    names.map((signature) => [
      `Twice::${signature}`,
      [{ package_id: "pack", versions: ["1.0.0"], rank: 1 }],
    ]),
  );
  const text = [...mappingsText({
    schema_version: 1,
    version: "2026.01.01",
    generated_at: "2026-01-01T00:00:00Z",
    stats: { packages: 1, signatures: 900, total_nodes: 1 },
    mappings,
    packages,
  })].join("");
  const { packed, contents } = await packBlocks(text);
  ok(contents.mappings.length > 1);
  const excerpt = await openExcerpt(packed, contents, "Twice", "test");
  equal(excerpt?.entriesOf("Twice").length, 900);
  equal(excerpt?.packageOf("pack")?.display_name, "Pack");
});
