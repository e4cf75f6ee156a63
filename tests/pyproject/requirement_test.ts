import assert from "node:assert/strict";
import { isKind } from "../../src/base/mod.ts";
import {
  normalizePackageName,
  parseRequirement,
  pyprojectErrors,
} from "../../src/pyproject/mod.ts";
import { askPackaging } from "../support/packaging.ts";

const names = ["a", "A.b_c-d", "torch", "7zip", "zope.interface", "x1"];
const extras = ["", "[cuda]", "[ a , b-c ]", "[]", " [x]"];
const versions = [
  "",
  ">=1.0",
  " >= 1.0 , < 2",
  "==1.*",
  "~=2.1",
  "===arbitrary+1",
  "!=1.5,>1,<=3.0.post1",
  "(>=1)",
  " ( >=1 , <2 ) ",
  "==2.1.0+cu121",
];
const markers = ["", "; sys_platform == 'linux'", ' ; python_version < "3.12" and extra == "a;b"'];
const accepted = names.flatMap((name) =>
  extras.flatMap((extra) =>
    versions.map((version, at) => `${name}${extra}${version}${markers[at % markers.length]}`)
  )
).concat([
  "pip @ https://example.com/pip-1.zip",
  "pip@https://example.com/pip-1.zip",
  "pip @ https://example.com/a;b.whl",
  "pip[x] @ git+https://example.com/r.git@main#egg=pip ; python_version >= '3.8'",
  "pip @ file:///tmp/wheels/pip-1-py3-none-any.whl",
  "  torch >= 2  ",
]);
const refused = [
  "",
  " ",
  "-r other.txt",
  "-e .",
  "--index-url https://example.com",
  "_a",
  "a b",
  "a>1<2",
  "a >>1",
  "a [x",
  "a[x,,y]",
  "a[-x]",
  "a @",
  "a @ https://example.com/x y",
  "a;",
  "a ; ",
  "a=1",
  "a==",
  "a>=1;sys_platform == 'linux",
  "https://example.com/a.whl",
  "./local",
  "# comment",
  "é",
];

Deno.test({
  name: "parseRequirement() reads and refuses what Python's packaging does",
  fn: async () => {
    const texts = [...accepted, ...refused];
    const { strict, answers } = await askPackaging(texts);
    for (const [at, text] of texts.entries()) {
      // Before version 22 packaging let through what PEP 508 does not.
      const wanted = strict || accepted.includes(text) ? answers[at] : null;
      assert.deepEqual(ours(text), wanted, JSON.stringify(text));
    }
  },
});

function ours(text: string): unknown {
  try {
    const { name, extras, specifier, url = null, marker } = parseRequirement(text);
    const specifiers = specifier === "" ? [] : specifier.split(",").sort();
    return { name, extras: [...extras].sort(), specifiers, url, marker: marker !== undefined };
  } catch (error) {
    if (isKind(error, pyprojectErrors.REQUIREMENT_INVALID)) return null;
    throw error;
  }
}

Deno.test("parseRequirement() keeps the marker as text", () => {
  const marker = "python_version < '3.12' and extra == 'a;b'";
  assert.equal(parseRequirement(`a>1 ; ${marker} `).marker, marker);
});

Deno.test("parseRequirement() takes a comma behind the last condition", () => {
  assert.equal(parseRequirement("a>1, <3 ,").specifier, ">1,<3");
});

Deno.test("parseRequirement() stays quick on hostile texts", () => {
  const start = performance.now();
  for (const text of ["a".repeat(1e6), `a${"-".repeat(4000)}!`, `a${"==1,".repeat(1000)}`]) {
    ours(text);
  }
  assert.ok(performance.now() - start < 10_000);
});

Deno.test("normalizePackageName() follows PEP 503", () => {
  for (const name of ["Friendly-Bard", "FRIENDLY.bard", "friendly__bard", "friendly-._.-bard"]) {
    assert.equal(normalizePackageName(name), "friendly-bard");
  }
});
