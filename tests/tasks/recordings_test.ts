import assert from "node:assert/strict";
import { drawTerminal } from "../../tasks/recordings/draw.ts";
import { record } from "../../tasks/recordings/record.ts";
import { stories } from "../../tasks/recordings/stories.ts";
import { filesBelow } from "../../tasks/modules.ts";
import { readProjectText } from "../support/project.ts";

const pathOf = (name: string) => `docs/images/${name}.svg`;

Deno.test("a recording draws colours where they stand, escapes markup, and breaks lines at the edge", () => {
  const svg = drawTerminal(
    ["\u001b[31merror:\u001b[39m a < b & \u001b[1mc\u001b[22m", "abcdef"],
    4,
  );
  const drawn = [
    ...svg.matchAll(/<text x="([\d.]+)" y="(\d+)" fill="(#\w+)"( [^>]*?)?>(.*?)<\/text>/g),
  ]
    .map(([, x, y, color, rest = "", text]) => [x, y, color, rest.includes("bold"), text]);
  const [red, plain] = ["#ff7b86", "#d8dee9"];
  assert.deepEqual(drawn, [
    ["16", "30", red, false, "erro"],
    ["16", "49", red, false, "r:"],
    ["32.8", "49", plain, false, " a"],
    ["16", "68", plain, false, " &lt; b"],
    ["16", "87", plain, false, " &amp; "],
    ["41.2", "87", plain, true, "c"],
    ["16", "106", plain, false, "abcd"],
    ["16", "125", plain, false, "ef"],
  ]);
});

Deno.test("every recording is one that the task makes, and tells nothing of the machine", async () => {
  const recorded = stories.map(({ name }) => pathOf(name)).sort();
  assert.deepEqual((await filesBelow("docs/images")).toSorted(), recorded);
  for (const path of recorded) {
    const svg = await readProjectText(path);
    assert.doesNotMatch(svg, /\/(home|tmp|root|Users|var|private)\/|[A-Z]:\\/, path);
  }
});

Deno.test("a recording that leans on nothing outside shows what the commands print today", async () => {
  for (const story of stories.filter(({ steady }) => steady)) {
    const path = pathOf(story.name);
    const same = await readProjectText(path) === await record(story);
    assert(same, `${path} is not up to date: run \`deno task recordings\``);
  }
});
