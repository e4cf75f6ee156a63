import assert from "node:assert/strict";
import { join } from "node:path";
import { parseRequirementLines, readComfyUIFacts } from "../../src/comfyui/mod.ts";
import { failureOf } from "../support/comfyui_world.ts";

const LONG = "x".repeat(5000);

const cases: readonly {
  name: string;
  text: string;
  requirements: readonly string[];
  odd?: readonly (readonly [line: number, why: RegExp])[];
}[] = [
  { name: "an empty file", text: "", requirements: [] },
  {
    name: "comments, blanks, markers, extras and line ends of any kind",
    text:
      '\ufefftorch\r\n\r\n# non essential:\n  kornia>=0.7.1  # colour\ra[b]~=2.0 ; python_version < "3.11"\n',
    requirements: ["torch", "kornia>=0.7.1", 'a[b]~=2.0 ; python_version < "3.11"'],
  },
  {
    name: "an address with a fragment",
    text: "pack @ git+https://host.invalid/pack.git#subdirectory=x # why\n",
    requirements: ["pack @ git+https://host.invalid/pack.git#subdirectory=x"],
  },
  { name: "a line that goes on", text: "a>=1,\\\n<2\nb", requirements: ["a>=1,<2", "b"] },
  { name: "a line that goes on into nothing", text: "a>=1\\", requirements: ["a>=1"] },
  {
    name: "options and what is no requirement, by line and reason",
    text: "-r more.txt\na\n--extra-index-url https://host.invalid\n./local\nb==\ngood\n",
    requirements: ["a", "good"],
    odd: [[1, /option of pip/], [3, /option of pip/], [4, /name of a package/], [
      5,
      /"==" is no condition/,
    ]],
  },
  { name: "a line without end", text: `${LONG} y`, requirements: [], odd: [[1, /too long/]] },
];

for (const { name, text, requirements, odd = [] } of cases) {
  Deno.test(`parseRequirementLines() reads ${name}`, () => {
    const found = parseRequirementLines(text, "requirements.txt");
    assert.deepEqual(found.requirements, requirements);
    assert.deepEqual(found.odd.map(({ line }) => line), odd.map(([line]) => line));
    for (const [at, [, why]] of odd.entries()) {
      assert.match(found.odd[at]!.why, why);
      assert.ok(found.odd[at]!.text.length <= 200);
    }
  });
}

async function withFiles(
  files: Readonly<Record<string, string>>,
  run: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(directory, name), text);
    }
    await run(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const bare = { "main.py": "", "nodes.py": "", "requirements.txt": "torch\n" };
const assumed = ">=3.9";

const projects: readonly {
  name: string;
  files: Readonly<Record<string, string>>;
  version?: string;
  requires: string;
  odd?: RegExp;
}[] = [
  { name: "an old checkout, which tells nothing", files: {}, requires: assumed },
  {
    name: "the version of pyproject.toml where there is no module",
    files: { "pyproject.toml": '[project]\nversion = "0.3.10"\nrequires-python = ">=3.9,<3.13"\n' },
    version: "0.3.10",
    requires: ">=3.9,<3.13",
  },
  {
    name: "the module's version before that of pyproject.toml",
    files: {
      "comfyui_version.py": "# made by a tool\n__version__ = '0.3.64'\n",
      "pyproject.toml": '[project]\nversion = "0.3.10"\n',
    },
    version: "0.3.64",
    requires: assumed,
  },
  {
    name: "a pyproject.toml that is none",
    files: { "pyproject.toml": "[project\n" },
    requires: assumed,
    odd: /TOML at line 1/,
  },
  {
    name: "a pyproject.toml of odd types",
    files: { "pyproject.toml": "[project]\nversion = 3\nrequires-python = []\n" },
    requires: assumed,
  },
  {
    name: "a condition on Python that is none",
    files: { "pyproject.toml": '[project]\nrequires-python = "three"\n' },
    requires: assumed,
    odd: /no condition/,
  },
];

for (const { name, files, version, requires, odd } of projects) {
  Deno.test(`readComfyUIFacts() reads ${name}`, () =>
    withFiles({ ...bare, ...files }, async (directory) => {
      const facts = await readComfyUIFacts(directory);
      assert.equal(facts.version, version);
      assert.equal(facts.python.requires, requires);
      assert.equal(facts.odd.length, odd ? 1 : 0);
      if (odd) assert.match(facts.odd[0]!.why, odd);
    }));
}

Deno.test("readComfyUIFacts() refuses a directory that is no ComfyUI", () =>
  withFiles({ "requirements.txt": "" }, async (directory) => {
    const error = await failureOf(readComfyUIFacts(directory));
    assert.equal(error.code, "COMFYUI_NOT_FOUND");
  }));
