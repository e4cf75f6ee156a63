import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { projectRoot } from "../../../tasks/run_deno.ts";
import { sampleEntry, sampleWorkflow } from "../../support/templates/sample_files.ts";
import { findingsAfter, only } from "../../support/templates/check_findings.ts";
import {
  addIndexEntry,
  addToBundle,
  type TemplateFixture,
} from "../../support/template_repository.ts";

type Entry = Record<string, unknown>;
type Index = { title: string; templates: Entry[] }[];

const INDEX = "templates/index.json";

/** Changes the entry of the first template of the index, `api_a`. */
function changeEntry(fixture: TemplateFixture, change: (entry: Entry) => void): Promise<void> {
  return fixture.change<Index>(INDEX, ([category]) => void change(category!.templates[0]!));
}

Deno.test("point 43: a name that stands twice, also across categories, is told", async () => {
  const found = await findingsAfter((fixture) =>
    fixture.change<Index>(INDEX, (index) => [
      ...index,
      { ...index[0]!, title: "Other", templates: [sampleEntry("img_a")] },
    ])
  );
  only(found, "E_DUPLICATE_NAME", {
    path: "$[1].templates[0].name",
    message: /"img_a" stands in line \d+ already/,
  });
});

Deno.test("point 44: a fault of the schema tells category, template and JSON path", async () => {
  const found = await findingsAfter((fixture) =>
    changeEntry(fixture, (entry) => entry.thumbnailVariant = "spin")
  );
  const fault = only(found, "E_SCHEMA", {
    file: INDEX,
    path: "$[0].templates[0].thumbnailVariant",
    message: /Category "Image", template "api_a": "thumbnailVariant" must be one of compareSlider/,
  });
  equal(fault.details?.template, "api_a");
});

Deno.test("point 44: a fault that translations copy is told once, one of their own in their own file", async () => {
  const ZH = "templates/index.zh.json";
  const found = await findingsAfter(async (fixture) => {
    for (const path of [INDEX, ZH]) {
      await fixture.change<{ templates: Record<string, unknown>[] }[]>(path, (index) => {
        index[0]!.templates[0]!.thumbnailVariant = "spin";
        if (path === ZH) index[0]!.templates[1]!.date = "soon";
      });
    }
  }, { layout: "today" });
  deepEqual(
    found.filter(({ code }) => code === "E_SCHEMA").map(({ file, path }) => `${file} ${path}`),
    [
      "templates/index.json $[0].templates[0].thumbnailVariant",
      "templates/index.zh.json $[0].templates[1].date",
    ],
  );
});

Deno.test("point 45: what the repository's own schema does not know is told, what it knows is not", async () => {
  const schema = await Deno.readTextFile(
    join(projectRoot, "data", "templates", "index.schema.json"),
  );
  const own =
    (edit: (entry: Record<string, unknown>) => void) => async (fixture: TemplateFixture) => {
      await changeEntry(fixture, (entry) => entry.vram = 12);
      const value = JSON.parse(schema);
      edit(value.$defs.template.properties);
      await fixture.write("templates/index.schema.json", JSON.stringify(value));
    };
  const unknown = await findingsAfter(own((properties) => delete properties.vram));
  only(unknown, "E_SCHEMA", { path: "$[0].templates[0].vram", message: /"vram" is no field/ });
  const known = await findingsAfter(own((properties) => properties.vram = { type: "number" }));
  deepEqual(known.filter(({ code }) => code === "E_SCHEMA"), []);
});

Deno.test("point 45: a schema of draft-07 is understood, and one that is none is told", async () => {
  const old = {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "array",
    items: { $ref: "#/definitions/category" },
    definitions: { category: { type: "object", required: ["icon"] } },
  };
  const found = await findingsAfter((fixture) =>
    fixture.write("templates/index.schema.json", JSON.stringify(old))
  );
  only(found, "E_SCHEMA", { path: "$[0]", message: /must have required property 'icon'/ });
  const broken = await findingsAfter((fixture) =>
    fixture.write("templates/index.schema.json", '{"$ref": "https://example.invalid/x.json"}')
  );
  only(broken, "E_BAD_SCHEMA", { file: "templates/index.schema.json" });
});

Deno.test("point 47: a logo without provider or file is told, a name that is a slip warned of", async () => {
  const found = await findingsAfter(async (fixture) => {
    await changeEntry(fixture, (entry) => entry.logos = [{ provider: ["Google", "Nobody"] }]);
    await fixture.change<Record<string, string>>("templates/index_logo.json", (logos) => {
      logos.Gone = "logo/gone.png";
      logos.Recraft = "logo/recarft.png";
    });
    await fixture.write(
      "templates/logo/recarft.png",
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    );
    await fixture.remove("templates/logo/google.png");
  }, { layout: "today" });
  only(found, "E_LOGO_PROVIDER", {
    file: INDEX,
    path: "$[0].templates[0].logos[0].provider",
    message: /"Nobody"/,
  });
  const files = found.filter(({ code }) => code === "E_LOGO_FILE").map(({ path }) => path);
  deepEqual(files, ["$.Google", "$.Gone"]);
  only(found, "W_LOGO_NAME", { path: "$.Recraft", message: /recarft\.png/ });
  only(found, "E_FROZEN_LOGO", { file: "scripts/data/version_policy.json" });
});

Deno.test("point 48: isApp and linear mode have to agree, both ways", async () => {
  const found = await findingsAfter(async (fixture) => {
    await changeEntry(fixture, (entry) => entry.isApp = true);
    await fixture.change<Entry>("templates/img_a.json", (workflow) => {
      workflow.extra = { linearMode: true };
    });
  });
  const messages = found.filter(({ code }) => code === "E_APP_MARKER").map(({ message }) =>
    message
  );
  deepEqual(messages, [
    'Template "api_a" is marked as an app, and its workflow is not in linear mode',
    'The workflow of "img_a" is in linear mode, and its entry does not say isApp',
  ]);
});

Deno.test("point 49: packs of nodes have to be required, also those of nodes in subgraphs", async () => {
  const inner = "11111111-2222-4333-8444-555555555555";
  const found = await findingsAfter(async (fixture) => {
    await fixture.change<{ nodes: Entry[]; definitions: unknown }>(
      "templates/img_a.json",
      (workflow) => {
        const [loader] = workflow.nodes;
        workflow.nodes[1]!.type = inner;
        const node = { ...loader, id: 7, type: "Odd", properties: { cnr_id: "odd-pack" } };
        workflow.definitions = {
          subgraphs: [{
            ...{ id: inner, version: 1, revision: 0, config: {}, name: "Inner" },
            state: { lastGroupId: 0, lastNodeId: 7, lastLinkId: 0, lastRerouteId: 0 },
            inputNode: { id: -10, bounding: [0, 0, 1, 1] },
            outputNode: { id: -20, bounding: [0, 0, 1, 1] },
            ...{ inputs: [], outputs: [], widgets: [], groups: [], links: [] },
            nodes: [{ ...node, inputs: [], outputs: [], widgets_values: [] }],
          }],
        };
      },
    );
    await addToBundle(fixture, "media-image", "img_b");
    await fixture.write("templates/img_b.json", sampleWorkflow("img_b"));
    await addIndexEntry(fixture, sampleEntry("img_b", { requiresCustomNodes: ["unused-pack"] }));
  });
  only(found, "E_CUSTOM_NODES", {
    file: "templates/img_a.json",
    path: "$.definitions.subgraphs[0].nodes[0]",
    message: /"Odd" is of the pack "odd-pack"/,
    hint: /Add "odd-pack" to requiresCustomNodes/,
  });
  only(found, "W_CUSTOM_NODES", { message: /"unused-pack"/ });
});

Deno.test("point 50: openSource and the tag API have to agree, in translations as well", async () => {
  const found = await findingsAfter(async (fixture) => {
    await fixture.change<Index>(INDEX, ([category]) => {
      category!.templates[0]!.tags = ["Image"];
      category!.templates[1]!.tags = ["Image", "API"];
    });
  }, { layout: "today", area: "index" });
  const told = found.filter(({ code }) => code === "E_API_MARKERS");
  deepEqual(told.map(({ file, message }) => `${file}: ${message}`), [
    'templates/index.json: Template "api_a" says that it is not open source, and lacks the tag API',
    'templates/index.json: Template "img_a" has the tag API, and says that it is open source',
    'templates/index.zh.json: Template "api_a" has the tag API in "zh"',
    'templates/index.zh.json: Template "img_a" lacks the tag API in "zh"',
  ]);
});

Deno.test("oddities: a blank in front of a description is warned of", async () => {
  const found = await findingsAfter((fixture) =>
    changeEntry(fixture, (entry) => entry.description = " What it does")
  );
  only(found, "W_BLANKS", { path: "$[0].templates[0].description", message: /" What it does"/ });
});
