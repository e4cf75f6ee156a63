import assert from "node:assert/strict";
import { filesBelow } from "../../tasks/modules.ts";
import { readProjectText } from "../support/project.ts";

const TEXT = /\.(ts|md|json|toml|yml|sh)$/;

async function sourcePaths(): Promise<readonly string[]> {
  const below = await Promise.all(["src", "tasks", "tests"].map((name) => filesBelow(name, ".ts")));
  return ["main.ts", "mod.ts", ...below.flat()];
}

async function allTexts(): Promise<readonly (readonly [string, string])[]> {
  const below =
    (await Promise.all(["action", "config", "docs", ".github"].map((name) => filesBelow(name))))
      .flat();
  const top = [
    ...["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"],
    ...["deno.json", "deno.lock", ".ci/run", "action.yml", "install.sh", "install.ps1"],
  ];
  const paths = [...top, ...below.filter((path) => TEXT.test(path)), ...await sourcePaths()];
  return await Promise.all(paths.map(async (path) => [path, await readProjectText(path)] as const));
}

// Written in parts, so that this file does not hold what it looks for.
const forbidden: readonly (readonly [string, RegExp])[] = [
  ["a host of a package registry", /(npmjs|pypi|pythonhosted|debian)\.(org|com)/],
  ["a path of one machine", new RegExp(`(^|[\\s"'\`(])/${"(work|root)"}/`, "m")],
  ["something left to do", new RegExp(`\\b(${["TO", "FIX"].join("DO|")}ME|XX${"X"})\\b`)],
  [
    "a check switched off",
    new RegExp(`@ts-${"(ignore|expect-error|nocheck)"}|deno-${"lint"}-ignore`),
  ],
];

Deno.test("no text of the project holds what does not belong there", async () => {
  const found = (await allTexts()).flatMap(([path, text]) =>
    forbidden.flatMap(([what, pattern]) => {
      const hit = pattern.exec(text);
      return hit ? [`${path}: ${what}: ${hit[0].trim()}`] : [];
    })
  );
  assert.deepEqual(found, []);
});

Deno.test("every source file is short and named in snake_case after what it holds", async () => {
  const found: string[] = [];
  for (const path of await sourcePaths()) {
    const lines = (await readProjectText(path)).split("\n").length - 1;
    if (lines > 300) found.push(`${path} has ${lines} lines`);
    const parts = path.replace(/\.ts$/, "").split("/");
    if (!parts.every((part) => /^[a-z0-9]+(_[a-z0-9]+)*$/.test(part))) {
      found.push(`${path} is not snake_case`);
    }
    if (parts.some((part) => /^(utils?|helpers?|misc|common)$/.test(part))) {
      found.push(`${path} names nothing`);
    }
  }
  assert.deepEqual(found, []);
});

Deno.test("most source files have under 150 lines", async () => {
  const paths = (await sourcePaths()).filter((path) => path.startsWith("src/"));
  const lengths = await Promise.all(
    paths.map(async (path) => (await readProjectText(path)).split("\n").length - 1),
  );
  const long = lengths.filter((lines) => lines >= 150).length;
  assert(long * 5 < lengths.length, `${long} of ${lengths.length} have 150 lines or more`);
});

Deno.test("programs are started in one place, where no shell comes in, and no library is loaded", async () => {
  const starters: string[] = [];
  for (const path of ["main.ts", "mod.ts", ...await filesBelow("src", ".ts")]) {
    const text = await readProjectText(path);
    if (/\bDeno\.Command\b|\bchild_process\b/.test(text)) starters.push(path);
    assert.doesNotMatch(text, /\bDeno\.dlopen\b|\beval\(|\bnew Function\(/, path);
  }
  assert.deepEqual(starters, ["src/tools/process_start.ts"]);
});
