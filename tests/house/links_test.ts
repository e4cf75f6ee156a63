import assert from "node:assert/strict";
import { filesBelow } from "../../tasks/modules.ts";
import { projectHas, readProjectText } from "../support/project.ts";

/** Every page for people, by its path below the root of the project. */
async function pages(): Promise<readonly string[]> {
  const top = (await Array.fromAsync(Deno.readDir(new URL("../../", import.meta.url))))
    .map(({ name }) => name).filter((name) => name.endsWith(".md"));
  const below = await Promise.all(["docs", ".github"].map((name) => filesBelow(name, ".md")));
  return [...top.sort(), ...below.flat()];
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, "");
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutBlocks(text).matchAll(/^#+ +(.+)$/gm)) {
    const name = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, "").replaceAll(" ", "-");
    let anchor = name;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${name}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

Deno.test("every link between the pages leads to a file that is there, and to a heading of it", async () => {
  const found: string[] = [];
  for (const page of await pages()) {
    const text = withoutBlocks(await readProjectText(page));
    const targets = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)]
      .map(([, target = ""]) => target);
    const sources = [...text.matchAll(/<img[^>]* src="(?!https?:)([^"]+)"/g)]
      .map(([, source = ""]) => source);
    for (const target of [...targets, ...sources]) {
      const url = new URL(target, `file:///${page}`);
      const path = decodeURI(url.pathname).slice(1);
      if (!await projectHas(path)) found.push(`${page} links to ${target}`);
      else if (url.hash !== "" && !anchorsOf(await readProjectText(path)).has(url.hash.slice(1))) {
        found.push(`${page} links to ${target}, and ${path} has no such heading`);
      }
    }
  }
  assert.deepEqual(found, []);
});

Deno.test("every page of docs/ is reached from the README", async () => {
  const readme = await readProjectText("README.md");
  const missing = (await filesBelow("docs", ".md")).filter((page) => !readme.includes(`(${page}`));
  assert.deepEqual(missing, []);
});
