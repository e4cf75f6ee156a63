import assert from "node:assert/strict";
import { filesBelow } from "../../tasks/modules.ts";
import { type DocsScene, furnish, withDocsScene } from "../support/docs_scene.ts";
import { type ShellLine, shellLines } from "../support/shell_blocks.ts";

/** Pages that build on what the ones before them have made; all others stand alone, and come behind. */
const FIRST = ["first_ten_minutes", "reproduce", "ci", "data_maintainers", "air_gapped"];

/** All pages, in the order in which they are typed. */
async function pagesInOrder(): Promise<readonly string[]> {
  const first = FIRST.map((name) => `docs/${name}.md`);
  const others = (await filesBelow("docs", ".md")).filter((page) => !first.includes(page));
  return [...first, ...others.sort()];
}

/** Types the lines of a page as somebody does who reads it from top to bottom. */
async function typePage(page: string, scene: DocsScene): Promise<void> {
  const lines = (await shellLines(page)).filter(({ where }) => where !== "elsewhere");
  if (lines.length === 0) return;
  await furnish(page, scene);
  for (const block of runsOfOnePlace(lines)) {
    const runs = await scene.type(
      page,
      block.map(({ words }) => words!),
      block[0]!.where === "plain",
    );
    for (const [index, { code, stderr }] of runs.entries()) {
      assert.equal(code, 0, `${page}: ${block[index]!.text}: ${stderr}`);
    }
  }
}

/** Lines behind each other that need a network, or do not. */
function runsOfOnePlace(lines: readonly ShellLine[]): readonly (readonly ShellLine[])[] {
  const runs: ShellLine[][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.[0]?.where === line.where) last.push(line);
    else runs.push([line]);
  }
  return runs;
}

Deno.test("what the docs show runs, page by page, with samples in place of the network", async () => {
  await withDocsScene(async (scene) => {
    for (const page of await pagesInOrder()) await typePage(page, scene);
  });
});
