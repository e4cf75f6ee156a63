import assert from "node:assert/strict";
import fc from "fast-check";
import { holdsCredentials, redact } from "../../src/base/mod.ts";

const HIDDEN: readonly (readonly [string, string])[] = [
  ["https://user:password@example.com/a", "https://***@example.com/a"],
  ["https://example.com/a?x=1&token=abc&y=2", "https://example.com/a?x=1&token=***&y=2"],
  [
    "https://example.com/a?X-Amz-Signature=0a1b&b=c",
    "https://example.com/a?X-Amz-Signature=***&b=c",
  ],
  [
    "https://example.com/a?X-Amz-Security-Token=abc",
    "https://example.com/a?X-Amz-Security-Token=***",
  ],
  [`https://example.com/a?token=hf_Sec"r3t&y=2`, "https://example.com/a?token=***&y=2"],
  [`see https://example.com/a?token=a",b'c"d now`, "see https://example.com/a?token=*** now"],
  [
    `Cannot fetch "https://example.com/a?token=a"b": gone`,
    `Cannot fetch "https://example.com/a?token=***": gone`,
  ],
  [
    `{'url': 'https://example.com/a?key=abc', 'n': 1}`,
    "{'url': 'https://example.com/a?key=***', 'n': 1}",
  ],
  [`an odd "\n"?sig=a" "?sig=b"`, `an odd "\n"?sig=***" "?sig=***"`],
  ["sent hf_abcdefghijkl", "sent ***"],
  ["Authorization: Bearer abcdefgh", "Authorization: Bearer ***"],
  ["authorization: bearer abcdefgh", "authorization: bearer ***"],
];

const SHOWN = [
  'Cannot use HF_ENDPOINT "x": not an http or https URL',
  "https://example.com/token/a?tokens=3&name=key",
  "a basic fact",
];

Deno.test("redact() hides credentials, tokens and signatures", () => {
  for (const [text, expected] of HIDDEN) assert.equal(redact(text), expected);
});

Deno.test("redact() leaves alone what only looks like a secret", () => {
  for (const text of SHOWN) assert.equal(redact(text), text);
});

Deno.test("holdsCredentials() knows secrets in addresses, and that the user of an SSH server is none", () => {
  for (const [text] of HIDDEN) assert.equal(holdsCredentials(text), true, text);
  assert.equal(holdsCredentials("git+ssh://me:password@host/a.git"), true);
  for (const text of [...SHOWN, "ssh://git@host/a.git", "pack @ git+ssh://git@host/a.git@main"]) {
    assert.equal(holdsCredentials(text), false, text);
  }
});

const secrets = fc.string({ unit: fc.constantFrom(..."aZ9_\"'\\,:}]é"), minLength: 1 });

Deno.test("redact() leaves nothing of a secret in an address, whatever letters it has", () => {
  fc.assert(
    fc.property(secrets, secrets, (one, other) => {
      const address = (first: string, second: string) =>
        `see https://example.com/a?token=${first}&x=1&api_key=${second} and more`;
      assert.equal(redact(address(one, other)), address("***", "***"));
    }),
  );
});

Deno.test("redact() leaves JSON what it is, and nothing of a secret in its texts", () => {
  fc.assert(
    fc.property(secrets, fc.jsonValue(), fc.boolean(), (secret, rest, pretty) => {
      const of = (token: string) =>
        JSON.stringify(
          [rest, { a: `see ?token=${token}`, b: [`?sig=${token}`, 1] }],
          null,
          pretty ? 1 : 0,
        );
      fc.pre(redact(JSON.stringify(rest)) === JSON.stringify(rest));
      assert.equal(redact(of(secret)), of("***"));
    }),
  );
});

Deno.test("redact() takes a time that grows as the text does", () => {
  const text = `"?token=a"b`.repeat(200_000) + "?key=".repeat(200_000);
  const before = performance.now();
  redact(text);
  assert.ok(performance.now() - before < 10_000);
});
