import { equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { sha256Of, sha256OfText } from "../../src/base/mod.ts";

Deno.test("the SHA-256 of a text is that of the runtime, whatever its length", async () => {
  const around = [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 1_000].map((length) =>
    "é".repeat(length)
  );
  const check = async (text: string) => {
    const expected = createHash("sha256").update(text).digest("hex");
    equal(sha256OfText(text), expected);
    equal(await sha256Of(new TextEncoder().encode(text)), expected);
  };
  for (const text of around) await check(text);
  await fc.assert(fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), check), {
    numRuns: 50,
  });
});
