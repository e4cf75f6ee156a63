import assert from "node:assert/strict";
import { readComplaints } from "../../tasks/docs.ts";

function complaint(code: string, line: string): string {
  return `error[${code}]: some words\n --> /src/a.ts:7:3\n  | \n7 | ${line}\n  |   ^\n\n\n`;
}

Deno.test("readComplaints() keeps what counts and lets plain properties go without a sentence", () => {
  const property = complaint("missing-jsdoc", "  readonly signal?: AbortSignal;");
  const method = complaint("missing-jsdoc", "  emit(event: WorkEvent): void;");
  const name = complaint("missing-jsdoc", "export function readName(): string {");
  const type = complaint("private-type-ref", "  readonly kind: Hidden;");
  const output = `${property}${method}\u001b[1merror\u001b[0m${
    name.slice(5)
  }${type}error: Found 4 errors`;
  assert.deepEqual(readComplaints(output), [method, name, type].map((text) => text.trim()));
});
