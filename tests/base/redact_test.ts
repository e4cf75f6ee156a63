import assert from "node:assert/strict";
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
