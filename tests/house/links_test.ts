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

/** Where the links and pictures of a page lead to, within the project. */
function targetsOf(text: string): readonly string[] {
  const found = withoutBlocks(text)
    .matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)|<img[^>]* src="(?!https?:)([^"]+)"/g);
  return [...found].map(([, link, source]) => link ?? source ?? "");
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
    for (const target of targetsOf(await readProjectText(page))) {
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

Deno.test("every page of docs/ is reached from the README, by links from page to page", async () => {
  const reached = new Set(["README.md"]);
  for (const page of reached) {
    for (const target of targetsOf(await readProjectText(page))) {
      const path = decodeURI(new URL(target, `file:///${page}`).pathname).slice(1);
      if (path.endsWith(".md")) reached.add(path);
    }
  }
  assert.deepEqual((await filesBelow("docs", ".md")).filter((page) => !reached.has(page)), []);
});
