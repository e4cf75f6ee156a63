import { deepEqual, equal, match } from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { readWorkflow } from "../../../src/workflows/graph/mod.ts";
import { drawWorkflow } from "../../../src/workflows/preview/mod.ts";
import { findChromium, startChromium } from "../../support/chromium.ts";

const HOSTILE = `</text><script>alert("1")</script>&'\u0000\ud800`;

function workflow(data: unknown) {
  return readWorkflow(JSON.stringify(data), "test.json");
}

const GRAPH = {
  nodes: [
    { id: 1, type: "Known", pos: [0, 0], size: [200, 100], title: HOSTILE },
    { id: 2, type: "Lost", pos: [300, 0], size: [200, 100], mode: 4 },
    { id: 3, type: "sub", pos: [600, 0], size: [200, 100] },
  ],
  links: [[1, 1, 0, 2, 0, "IMAGE"], [2, 2, 0, 3, 0, "IMAGE"], [3, 9, 0, 3, 0, "IMAGE"]],
  groups: [{ title: HOSTILE, bounding: [-10, -50, 300, 300], color: '"/><script>' }],
  definitions: { subgraphs: [{ id: "sub", nodes: [{ id: 1, type: "Inner" }] }] },
};

Deno.test("a browser shows every node, link and frame of the root, and runs nothing", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const path = `${directory}/graph.svg`;
    await Deno.writeTextFile(path, drawWorkflow(workflow(GRAPH), { missing: new Set(["Lost"]) }));
    await using browser = await startChromium(findChromium() ?? "chromium");
    await using watched = await browser.open(pathToFileURL(path).href, {
      width: 900,
      scheme: "light",
    });
    const { page } = watched;
    const textsOf = async (selector: string) =>
      await page.evaluate(
        `[...document.querySelectorAll(${
          JSON.stringify(selector)
        })].map((item) => item.textContent)`,
      ) as string[];
    deepEqual(await textsOf("g > title"), ["1: Known", "2: Lost (bypassed, missing)", "3: sub"]);
    equal((await textsOf("path")).length, 2);
    deepEqual(await textsOf("script, parsererror"), []);
    match((await textsOf("text"))[1] ?? "", /^<\/text><script>/);
    deepEqual(watched.complaints, []);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a workflow without places is laid out in columns by what feeds what, circles included", () => {
  const svg = drawWorkflow(workflow({
    a: { class_type: "A", inputs: { x: ["c", 0] } },
    b: { class_type: "B", inputs: { x: ["a", 0] } },
    c: { class_type: "C", inputs: { x: ["b", 0] } },
  }));
  const places = [...svg.matchAll(/<rect x="([\d.-]+)"[^>]*rx="8"/g)].map(([, x]) => x);
  equal(new Set(places).size, 3);
  equal(svg.includes("NaN"), false);
});

Deno.test("an empty workflow gives an empty picture", () => {
  const svg = drawWorkflow(workflow({ nodes: [] }));
  match(svg, /^<svg [^>]*viewBox="-40 -40 80 80"/);
});
