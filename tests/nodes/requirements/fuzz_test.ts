import assert from "node:assert/strict";
import { join } from "node:path";
import * as fc from "fast-check";
import { readPackRequirements } from "../../../src/nodes/mod.ts";
import { parseRequirement } from "../../../src/pyproject/mod.ts";
import { askPackaging, type PackagingAnswer } from "../../support/packaging.ts";
import { requirementTexts, surroundings } from "../../support/requirement_lines.ts";

const LINES = 2000;
const LINES_OF_A_FILE = 100;

Deno.test("readPackRequirements() takes and refuses of 2,000 lines what Python's packaging does", async () => {
  const seed = Number(Deno.env.get("COMFYDOCK_TEST_SEED") ?? Date.now() % 2 ** 31);
  const cases = fc.sample(fc.tuple(requirementTexts, surroundings), { numRuns: LINES, seed });
  const texts = cases.map(([text]) => text);
  const { strict, answers } = await askPackaging(texts);
  const found = (await Promise.all(
    chunks(cases, LINES_OF_A_FILE).map((part) => readFile(part)),
  )).flat();
  let accepted = 0;
  for (const [at, text] of texts.entries()) {
    const wanted = answers[at] ?? null;
    const ours = found[at];
    if (wanted) accepted++;
    // Before version 22 packaging let through what PEP 508 does not.
    if (!strict && ours === null) continue;
    // pip takes these beyond packaging.
    if (wanted === null && /[;,]\s*$/.test(text)) continue;
    assert.deepEqual(ours, wanted, `seed ${seed}: ${JSON.stringify(text)}`);
  }
  assert.ok(accepted > LINES / 10, `seed ${seed}: only ${accepted} lines were right`);
});

type Case = readonly [text: string, surround: (text: string) => string];

/** What a pack with these lines asks for: one answer for each line, `null` for one that is left out. */
async function readFile(cases: readonly Case[]): Promise<readonly (PackagingAnswer | null)[]> {
  const pack = await Deno.makeTempDir();
  try {
    const blocks = cases.map(([text, surround]) => surround(text).split("\n"));
    await Deno.writeTextFile(join(pack, "requirements.txt"), blocks.flat().join("\n"));
    const { requirements, findings } = await readPackRequirements(pack);
    let from = 1;
    return blocks.map((block) => {
      const isOfBlock = ({ line = 0 }) => line >= from - block.length && line < from;
      from += block.length;
      const [requirement, ...more] = requirements.filter(isOfBlock);
      assert.deepEqual(more, []);
      if (requirement) return answerOf(requirement.requirement);
      const left = findings.filter(isOfBlock);
      assert.equal(left.length > 0, true, `Nothing is told about ${JSON.stringify(block)}`);
      return null;
    });
  } finally {
    await Deno.remove(pack, { recursive: true });
  }
}

function answerOf(requirement: string): PackagingAnswer {
  const { name, extras, specifier, url = null, marker } = parseRequirement(requirement);
  const specifiers = specifier === "" ? [] : [...new Set(specifier.split(","))].sort();
  return {
    name,
    extras: [...new Set(extras)].sort(),
    specifiers,
    url,
    marker: marker !== undefined,
  };
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from(
    { length: Math.ceil(items.length / size) },
    (_, at) => items.slice(at * size, (at + 1) * size),
  );
}
