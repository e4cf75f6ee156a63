import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { templateWorkflows } from "../../support/template_workflows.ts";
import { factsOf, findingsAfter, only } from "../../support/templates/check_findings.ts";
import { sampleWorkflow } from "../../support/templates/sample_files.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { checkTemplates } from "../../../src/templates/checks/mod.ts";

type Json = Record<string, unknown>;
interface Graph {
  nodes: Json[];
  links: unknown[];
  [key: string]: unknown;
}

const FILE = "templates/img_a.json";
const INNER = "11111111-2222-4333-8444-555555555555";

function changeGraph(change: (graph: Graph) => void): (fixture: TemplateFixture) => Promise<void> {
  return (fixture) => fixture.change<Graph>(FILE, (graph) => void change(graph));
}

/** Puts the nodes of a graph into a subgraph; its second node stands for it then. */
function intoSubgraph(graph: Graph): Graph {
  const [loader, view] = graph.nodes;
  const inner: Graph = {
    ...{ id: INNER, version: 1, revision: 0, config: {}, name: "Inner" },
    state: { lastGroupId: 0, lastNodeId: 2, lastLinkId: 1, lastRerouteId: 0 },
    inputNode: { id: -10, bounding: [0, 0, 1, 1] },
    outputNode: { id: -20, bounding: [0, 0, 1, 1] },
    ...{ inputs: [], outputs: [], widgets: [], groups: [] },
    nodes: [structuredClone(loader!), structuredClone(view!)],
    links: [{ id: 1, origin_id: 1, origin_slot: 0, target_id: 2, target_slot: 0, type: "*" }],
  };
  graph.nodes = [{ ...view, type: INNER, inputs: [], properties: {}, widgets_values: [] }];
  graph.links = [];
  graph.definitions = { subgraphs: [inner] };
  return inner;
}

function modelsOf(node: Json | undefined): Json[] {
  return (node?.properties as { models: Json[] }).models;
}

Deno.test("point 58: a model that no widget names is told, at the top and in subgraphs", async () => {
  const top = await findingsAfter(
    changeGraph(({ nodes }) => nodes[0]!.widgets_values = ["b.safetensors"]),
  );
  only(top, "E_MODEL_UNUSED", {
    file: FILE,
    path: "$.nodes[0].properties.models[0]",
    message: /node 1 \(CheckpointLoaderSimple\) names "img_a\.safetensors"/,
  });
  const inside = await findingsAfter(
    changeGraph((graph) => intoSubgraph(graph).nodes[0]!.widgets_values = ["b.safetensors"]),
  );
  only(inside, "E_MODEL_UNUSED", {
    path: "$.definitions.subgraphs[0].nodes[0].properties.models[0]",
  });
});

Deno.test("point 59: a model that is loaded without address is told, but for the classes of the whitelist", async () => {
  const bare = changeGraph(({ nodes }) => modelsOf(nodes[0]).pop());
  only(await findingsAfter(bare), "E_MODEL_MISSING", {
    file: FILE,
    path: "$.nodes[0].widgets_values[0]",
    message: /loads "img_a\.safetensors"/,
  });
  const ignored = await findingsAfter(async (fixture) => {
    await bare(fixture);
    const whitelist = { model_check_ignore_node_types: ["CheckpointLoaderSimple"] };
    await fixture.write("scripts/data/whitelist.json", JSON.stringify({ whitelist }));
  }, { area: "workflows" });
  deepEqual(ignored, []);
});

Deno.test("point 60: the file of an address has to be the model, its query apart", async () => {
  const addressed = (url: string) =>
    findingsAfter(changeGraph(({ nodes }) => modelsOf(nodes[0])[0]!.url = url), {
      area: "workflows",
    });
  only(await addressed("https://models.invalid/other.safetensors"), "E_MODEL_URL", {
    path: "$.nodes[0].properties.models[0].url",
    message: /leads to "other\.safetensors"/,
  });
  for (
    const url of [
      "https://models.invalid/img_a.safetensors?download=true",
      "https://models.invalid/a/img%5Fa.safetensors",
      "https://civitai.com/api/download/models/353362?type=Model",
    ]
  ) deepEqual(await addressed(url), [], url);
  const broken = await findingsAfter(
    changeGraph(({ nodes }) => modelsOf(nodes[0])[0]!.url = "huggingface.co/x"),
  );
  only(broken, "E_BAD_ADDRESS", { message: /"huggingface\.co\/x"/ });
});

Deno.test("point 61: models at the top of a workflow are told", async () => {
  const found = await findingsAfter(changeGraph((graph) => graph.models = []));
  only(found, "E_TOP_LEVEL_MODELS", { file: FILE, path: "$.models" });
});

Deno.test("point 62: links that lead nowhere, and links that nodes only name, are told", async () => {
  const faults: readonly (readonly [string, (graph: Graph) => void, string, RegExp])[] = [
    [
      "E_BROKEN_LINK",
      ({ links }) => links.push([2, 9, 0, 2, 0, "*"]),
      "$.links[1]",
      /comes from node 9/,
    ],
    [
      "E_BROKEN_LINK",
      ({ links }) => links.push([2, 1, 0, 9, 0, "*"]),
      "$.links[1]",
      /leads to node 9/,
    ],
    [
      "E_BROKEN_LINK",
      ({ links }) => links.push([2, 1, 3, 2, 0, "*"]),
      "$.links[1]",
      /leaves output 3/,
    ],
    [
      "E_BROKEN_LINK",
      ({ links }) => links.push([2, 1, 0, 2, 5, "*"]),
      "$.links[1]",
      /enters input 5/,
    ],
    [
      "E_UNKNOWN_LINK",
      ({ nodes }) => (nodes[1]!.inputs as Json[]).push({ name: "more", type: "*", link: 77 }),
      "$.nodes[1].inputs[1].link",
      /names link 77 at input "more"/,
    ],
    [
      "E_UNKNOWN_LINK",
      ({ nodes }) => (nodes[0]!.outputs as { links: number[] }[])[0]!.links.push(78),
      "$.nodes[0].outputs[0].links[1]",
      /names link 78 at output 0/,
    ],
    [
      "E_BROKEN_LINK",
      (graph) => (intoSubgraph(graph).links[0] as Json).target_id = 5,
      "$.definitions.subgraphs[0].links[0]",
      /leads to node 5/,
    ],
  ];
  for (const [code, change, path, message] of faults) {
    const found = (await findingsAfter(changeGraph(change), { area: "workflows" }))
      .filter((one) => one.path === path);
    only(found, code, { file: FILE, message });
  }
});

Deno.test("point 63: a last id below one that is used is told", async () => {
  const found = await findingsAfter(changeGraph((graph) => {
    graph.last_node_id = 1;
    graph.last_link_id = 0;
  }));
  deepEqual(
    found.filter(({ code }) => code === "E_LAST_ID").map(({ path, message }) =>
      `${path} ${message}`
    ),
    [
      "$.last_node_id The last node id is 1, and there is node 2",
      "$.last_link_id The last link id is 0, and there is link 1",
    ],
  );
});

Deno.test("point 64: links of notes are found, and a text that is another file's name is warned of", async () => {
  const note =
    "See [a.safetensors](https://h.invalid/b.safetensors?x=1), [the page](https://h.invalid/p) " +
    "and https://h.invalid/plain. **[c.safetensors](https://civitai.com/models/12)**";
  await using fixture = await templateRepository("seed", { git: false });
  await changeGraph((graph) => {
    graph.nodes.push({
      ...structuredClone(graph.nodes[1]!),
      ...{ id: 3, type: "MarkdownNote", inputs: [], widgets_values: [note] },
    });
    graph.last_node_id = 3;
  })(fixture);
  const facts = await factsOf(fixture);
  const addresses = facts.workflows.get("img_a")!.addresses.filter(({ from }) => from === "note");
  deepEqual(addresses.map(({ url, text }) => [url, text]), [
    ["https://h.invalid/b.safetensors?x=1", "a.safetensors"],
    ["https://h.invalid/p", "the page"],
    ["https://h.invalid/plain", undefined],
    ["https://civitai.com/models/12", "c.safetensors"],
  ]);
  only(checkTemplates(facts, "links"), "W_LINK_TEXT", {
    path: "$.nodes[2].widgets_values[0]",
    message: /"a\.safetensors" leads to "b\.safetensors"/,
  });
});

Deno.test("oddities: links that are null, links of any type, nodes without widgets are no faults", async () => {
  const found = await findingsAfter(
    changeGraph(({ nodes }) => {
      nodes.push({ ...structuredClone(nodes[1]!), id: 3, type: "VAEDecodeAudio", inputs: [] });
      delete nodes[2]!.widgets_values;
      nodes[2]!.outputs = [{ name: "AUDIO", type: "AUDIO", links: null }];
    }),
    { area: "workflows" },
  );
  // Only the counter was not raised with the new node.
  deepEqual(found.map(({ code }) => code), ["E_LAST_ID"]);
});

Deno.test("oddities: a value by position that is another by name is warned of, also where one lists more", async () => {
  for (const more of [[], [null, null]]) {
    const found = await findingsAfter(changeGraph(({ nodes }) => {
      nodes[0]!.widgets_values = ["img_a.safetensors", ...more];
      nodes[0]!.widgets_values_named = { ckpt_name: "other.safetensors" };
    }));
    only(found, "W_NAMED_WIDGET", { path: "$.nodes[0].widgets_values_named.ckpt_name" });
  }
});

Deno.test("a workflow of another shape or format is told with its place", async () => {
  const shape = await findingsAfter(changeGraph(({ nodes }) => nodes[0]!.pos = "left"));
  only(shape, "E_WORKFLOW_SHAPE", {
    file: FILE,
    path: "$.nodes[0].pos",
    message: /must be array or object/,
  });
  const queue = await findingsAfter((fixture) =>
    fixture.write(FILE, '{"1": {"class_type": "LoadImage", "inputs": {}}}')
  );
  only(queue, "E_WORKFLOW_SHAPE", { hint: /not with Export \(API\)/ });
  const none = await findingsAfter((fixture) => fixture.write(FILE, "[]"));
  only(none, "E_WORKFLOW_INVALID", { message: /holds no workflow/ });
});

Deno.test("of the templates that ComfyUI ships, only those with real faults are told", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  let count = 0;
  for await (const [name, path] of templateWorkflows()) {
    // One in twelve tells as much as all of them, and these are known to have faults.
    if (count++ % 12 !== 0 && !/^image_flux2_fp8|^image_moss_image_edit/.test(name)) continue;
    await Deno.copyFile(path, join(fixture.root, "templates", name));
  }
  const found = checkTemplates(await factsOf(fixture), "workflows");
  const errors = found.filter(({ severity }) => severity === "error");
  equal(
    errors.some(({ code, file }) => code === "E_LAST_ID" && /moss_image_edit/.test(file)),
    true,
  );
  const files = new Set(errors.map(({ file }) => file));
  equal(files.size < 9, true, [...files].join("\n"));
});

Deno.test("sample workflows are sound", async () => {
  const found = await findingsAfter((fixture) => fixture.write(FILE, sampleWorkflow("img_a")));
  deepEqual(found, []);
});
