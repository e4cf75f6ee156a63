import assert from "node:assert/strict";
import fc from "fast-check";
import { cleanFileName } from "../../../src/http/mod.ts";
import { dispositionFileName } from "../../../src/http/download/mod.ts";

const NAMES: readonly (readonly [string, string | undefined])[] = [
  ["model.safetensors", "model.safetensors"],
  ["../../etc/passwd", "passwd"],
  ["..\\..\\boot.ini", "boot.ini"],
  ["a/b/", undefined],
  ["..", undefined],
  ["", undefined],
  [".hidden", "hidden"],
  ["name. . ", "name"],
  ["CON", "_CON"],
  ["nul.safetensors", "_nul.safetensors"],
  ["COM¹.pt", "_COM¹.pt"],
  ["console.pt", "console.pt"],
  ['a<b>c:"d|e?f*.pt', "a_b_c__d_e_f_.pt"],
  ["a\0b\nc\u202egnp.pt", "abcgnp.pt"],
  ["модель.safetensors", "модель.safetensors"],
];

Deno.test("cleanFileName() makes one component that every system takes", () => {
  for (const [raw, cleaned] of NAMES) {
    assert.equal(cleanFileName(raw), cleaned, JSON.stringify(raw));
  }
});

Deno.test("cleanFileName() keeps the ending of a name that is too long", () => {
  const name = cleanFileName(`${"ä".repeat(300)}.safetensors`) ?? "";
  assert.ok(new TextEncoder().encode(name).length <= 200);
  assert.match(name, /^ä+\.safetensors$/);
});

Deno.test("cleanFileName() changes nothing that it has made, and leaves no separator", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), (raw) => {
    const name = cleanFileName(raw);
    if (name === undefined) return;
    assert.equal(cleanFileName(name), name);
    assert.doesNotMatch(name, /[/\\<>:"|?*\p{Cc}]|^\.|[. ]$/u);
    assert.ok(new TextEncoder().encode(name).length <= 201);
  }));
});

const HEADERS: readonly (readonly [string, string | undefined])[] = [
  ['attachment; filename="a b.pt"', "a b.pt"],
  ["attachment; filename=plain.pt", "plain.pt"],
  ['attachment; filename="say \\"hi\\".pt"', "say _hi_.pt"],
  [`attachment; filename="fallback.pt"; filename*=UTF-8''na%C3%AFve%20model.pt`, "naïve model.pt"],
  [`attachment; filename*=iso-8859-1'en'%A3.pt`, "£.pt"],
  [`attachment; filename*=utf-7''x.pt; filename="y.pt"`, "y.pt"],
  [`attachment; filename*=UTF-8''..%2f..%2fetc%2fpasswd`, "passwd"],
  ['attachment; filename="../../x.pt"', "x.pt"],
  ['attachment; filename="na\u00c3\u00afve.pt"', "naïve.pt"],
  ['attachment; filename="\u00e9.pt"', "é.pt"],
  ['attachment; filename=""', undefined],
  ["inline", undefined],
];

Deno.test("dispositionFileName() reads the names of RFC 6266 and RFC 8187", () => {
  for (const [header, name] of HEADERS) assert.equal(dispositionFileName(header), name, header);
  assert.equal(dispositionFileName(null), undefined);
});
