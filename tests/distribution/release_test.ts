import assert from "node:assert/strict";
import {
  checksumsText,
  parseRelease,
  programName,
  releaseText,
} from "../../src/distribution/mod.ts";

const sha256 = "ab".repeat(32);
const file = { name: "comfydock-x86_64-unknown-linux-gnu", size: 12, sha256 };

Deno.test("a release is read as it was written, whatever the order of its files", () => {
  const other = { name: "comfydock.js", size: 3, sha256: "cd".repeat(32) };
  const text = releaseText({ version: "1.2.3", files: [other, file] });
  assert.equal(text, releaseText({ version: "1.2.3", files: [file, other] }));
  assert.deepEqual(parseRelease(text, "test"), { version: "1.2.3", files: [file, other] });
  assert.equal(
    checksumsText([other, file]),
    `${sha256}  comfydock-x86_64-unknown-linux-gnu\n${"cd".repeat(32)}  comfydock.js\n`,
  );
});

Deno.test("each system has its own program", () => {
  assert.equal(programName("aarch64-apple-darwin"), "comfydock-aarch64-apple-darwin");
  assert.equal(programName("x86_64-pc-windows-msvc"), "comfydock-x86_64-pc-windows-msvc.exe");
});

Deno.test("what describes no release is refused by what is wrong with it", () => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ["<html>", /valid JSON/],
    [{ version: "latest", files: [] }, /\$\.version/],
    [{ version: "1.2.3" }, /\$\.files/],
    [{ version: "1.2.3", files: [{ ...file, name: "../comfydock" }] }, /\$\.files\[0\]\.name/],
    [{ version: "1.2.3", files: [{ ...file, size: -1 }] }, /\$\.files\[0\]\.size/],
    [{ version: "1.2.3", files: [{ ...file, size: 2 ** 40 }] }, /\$\.files\[0\]\.size/],
    [{ version: "1.2.3", files: [{ ...file, sha256: "ab" }] }, /\$\.files\[0\]\.sha256/],
  ];
  for (const [content, message] of wrong) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    assert.throws(() => parseRelease(text, "test"), { code: "RELEASE_INVALID", message });
  }
});
