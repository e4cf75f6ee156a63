import assert from "node:assert/strict";
import { join } from "node:path";
import { readPackRequirements } from "../../../src/nodes/mod.ts";
import { askPack, codesOf, textsOf, withPack } from "../../support/pack_files.ts";

const TEXT = "# café\r\nnumpy>=1.26 # arrays\r\nscipy \\\r\n  >=1.10\r\n";

Deno.test("readPackRequirements() reads UTF-8, UTF-16 and Latin-1, with and without byte order marks", async () => {
  const wide = (little: boolean, mark: boolean) => {
    const text = mark ? `\ufeff${TEXT}` : TEXT;
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), little);
    return bytes;
  };
  const forms: Readonly<Record<string, Uint8Array>> = {
    "utf-8": new TextEncoder().encode(TEXT),
    "utf-8 marked": new TextEncoder().encode(`\ufeff${TEXT}`),
    "utf-16le marked": wide(true, true),
    "utf-16be marked": wide(false, true),
    "utf-16le": wide(true, false),
    "utf-16be": wide(false, false),
    "latin-1": Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0)),
  };
  for (const [name, bytes] of Object.entries(forms)) {
    const pack = await askPack({ "requirements.txt": bytes });
    assert.deepEqual(textsOf(pack), ["numpy>=1.26", "scipy   >=1.10"], name);
    assert.deepEqual(pack.requirements.map(({ line }) => line), [2, 3], name);
    assert.deepEqual(codesOf(pack), name === "latin-1" ? ["ENCODING"] : [], name);
  }
});

Deno.test("readPackRequirements() follows -r and -c inside the pack, with file and line", async () => {
  const pack = await askPack({
    "requirements.txt": "a\n-r req/base.txt\n--constraint=bounds.txt\nb\n",
    "req/base.txt": "c\n-r ../more.txt\n-r requirements\\deep.txt\n",
    "req/requirements/deep.txt": "e\n",
    "more.txt": "d>1\n",
    "bounds.txt": "a<2\nc<3 # why\n",
  });
  assert.deepEqual(pack.findings, []);
  assert.deepEqual(pack.requirements, [
    { requirement: "a", file: "requirements.txt", line: 1 },
    { requirement: "c", file: "req/base.txt", line: 1 },
    { requirement: "d>1", file: "more.txt", line: 1 },
    { requirement: "e", file: "req/requirements/deep.txt", line: 1 },
    { requirement: "b", file: "requirements.txt", line: 4 },
  ]);
  assert.deepEqual(pack.constraints.map(({ requirement, line }) => [requirement, line]), [
    ["a<2", 1],
    ["c<3", 2],
  ]);
});

Deno.test("readPackRequirements() reads nothing outside the pack, no circle, no address", async () => {
  const lines = [
    "-r ../outside.txt",
    "-r /etc/passwd",
    "-r C:\\x.txt",
    "-r https://h.example/requirements.txt",
    "-r missing.txt",
    "-r circle.txt",
    "-r link.txt",
    "-r folder",
    "last",
  ];
  await withPack({
    "requirements.txt": lines.join("\n"),
    "circle.txt": "-r requirements.txt\nround\n",
    "folder/x": "",
    "../outside.txt": "stolen\n",
  }, async (tree) => {
    await Deno.symlink(join(tree, "..", "outside.txt"), join(tree, "link.txt"));
    const pack = await readPackRequirements(tree);
    assert.deepEqual(textsOf(pack), ["round", "last"]);
    assert.deepEqual(
      codesOf(pack),
      ["FILE:1", "FILE:2", "FILE:3", "FILE:4", "FILE:5", "FILE:1", "FILE:7", "FILE:8"],
    );
  });
});

Deno.test("readPackRequirements() keeps to its limits on hostile packs", async () => {
  const chain = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`c${at}.txt`, `p${at}\n-r c${at + 1}.txt\n`]),
  );
  const deep = await askPack({ "requirements.txt": "-r c0.txt\n", ...chain });
  assert.ok(deep.requirements.length < 10);
  assert.deepEqual(codesOf(deep).map((code) => code.replace(/:.*/, "")), ["FILE"]);

  const wide = await askPack({
    "requirements.txt": Array.from({ length: 80 }, (_, at) => `-r f${at}.txt`).join("\n"),
    ...Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`f${at}.txt`, "x\n"])),
  });
  assert.ok(wide.requirements.length < 60);

  const long = await askPack({
    "requirements.txt": Array.from({ length: 5000 }, (_, at) => `p${at}`).join("\n"),
  });
  assert.equal(long.requirements.length, 2000);
  assert.deepEqual(codesOf(long).map((code) => code.replace(/:.*/, "")), ["LIMIT"]);

  const bad = await askPack({ "requirements.txt": "=\n".repeat(3000) });
  assert.equal(bad.findings.length, 200);

  const large = await askPack({ "requirements.txt": "#".repeat(2 * 1024 ** 2) }, ["listed"]);
  assert.deepEqual([textsOf(large), codesOf(large)], [[], ["FILE"]]);
});

Deno.test("readPackRequirements() takes pyproject.toml where there is no requirements.txt, then the registry's list", async () => {
  const project = '[project]\nname = "x"\ndependencies = [\n  "numpy>=1.26",\n  "bad==",\n]\n';
  const own = await askPack({ "pyproject.toml": project }, ["listed"]);
  assert.deepEqual(own.requirements, [
    { requirement: "numpy>=1.26", file: "pyproject.toml", line: 4 },
  ]);
  assert.deepEqual(codesOf(own), ["UNREADABLE:5"]);

  const both = await askPack({ "pyproject.toml": project, "requirements.txt": "" }, ["listed"]);
  assert.deepEqual(textsOf(both), []);

  const dynamic = await askPack({
    "pyproject.toml":
      '[project]\nname = "x"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["deps/a.txt"] }\n',
    "deps/a.txt": "scipy\n",
  });
  assert.deepEqual(dynamic.requirements, [{ requirement: "scipy", file: "deps/a.txt", line: 1 }]);

  for (const text of ['[project]\nname = "x"\n', "[project\n", "[project]\ndependencies = 3\n"]) {
    const listed = [
      "# from a file",
      "numpy>=1.26 # why",
      "-r other.txt",
      "git+https://h.example/u/r",
    ];
    const pack = await askPack({ "pyproject.toml": text }, listed);
    assert.deepEqual(textsOf(pack), ["numpy>=1.26", "r @ git+https://h.example/u/r"]);
    assert.deepEqual(new Set(pack.requirements.map(({ file }) => file)), new Set(["registry"]));
    assert.ok(codesOf(pack).includes("FILE"));
  }
});

Deno.test("readPackRequirements() lists the script that Manager would run, and runs nothing", async () => {
  const pack = await askPack({ "install.py": "raise SystemExit(1)\n", "install/x": "" });
  assert.deepEqual(pack.scripts, ["install.py"]);
  assert.deepEqual((await askPack({ "install.py/x": "" })).scripts, []);
});
