import { equal, rejects, throws } from "node:assert/strict";
import fc from "fast-check";
import { baseErrors, ComfydockError } from "../../../src/base/mod.ts";
import { carrierOf, inMemory, readEmbeddedWorkflow } from "../../../src/workflows/carriers/mod.ts";
import { openWorkflow } from "../../../src/workflows/open.ts";
import {
  flacWith,
  mp4With,
  pngWith,
  type Remarks,
  webmWith,
  webpWith,
} from "../../support/carriers.ts";

const WORKFLOW = '{"nodes": [], "note": "Grüße, 画像", "version": 0.4}';
const PROMPT = '{"1": {"class_type": "LoadImage", "inputs": {}}}';
const BOTH = { prompt: PROMPT, workflow: WORKFLOW };

const WRITERS: Readonly<Record<string, (remarks: Remarks) => Uint8Array<ArrayBuffer>>> = {
  "png with plain text": (remarks) => pngWith(remarks),
  "png with packed text": (remarks) => pngWith(remarks, "zTXt"),
  "png with international text": (remarks) => pngWith(remarks, "iTXt"),
  "webp of little end": (remarks) => webpWith(remarks),
  "webp of big end": (remarks) => webpWith(remarks, false),
  flac: flacWith,
  mp4: mp4With,
  webm: webmWith,
};

function read(bytes: Uint8Array<ArrayBuffer>) {
  const file = inMemory(bytes);
  return readEmbeddedWorkflow(file, carrierOf(file)!, "file");
}

for (const [kind, write] of Object.entries(WRITERS)) {
  Deno.test(`a ${kind} gives the editor's workflow back, byte for byte`, () => {
    const found = read(write(BOTH));
    equal(found.text, WORKFLOW);
    equal(found.carrier, kind.split(" ")[0]);
    equal(read(write({ prompt: PROMPT })).text, PROMPT);
  });

  Deno.test(`a ${kind} without a workflow says so`, () => {
    throws(() => read(write({ title: "a cat" })), /Cannot find a workflow in "file"/);
  });

  Deno.test(`a damaged ${kind} is read or refused, never more`, () => {
    const bytes = write(BOTH);
    const places = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(places, fc.nat(bytes.length), (changes, length) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) damaged[at] = value;
        const file = inMemory(damaged.subarray(0, length));
        const carrier = carrierOf(file);
        if (!carrier) return;
        try {
          readEmbeddedWorkflow(file, carrier, "file");
        } catch (error) {
          if (!(error instanceof ComfydockError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
}

Deno.test("a comment of a video node is unfolded", () => {
  const comment = JSON.stringify({ prompt: PROMPT, workflow: JSON.parse(WORKFLOW) });
  equal(read(mp4With({ comment })).text, JSON.stringify(JSON.parse(WORKFLOW)));
});

Deno.test("a workflow is opened from a picture and from texts in any encoding", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...[...PROMPT].flatMap((letter) => [letter.charCodeAt(0), 0]),
    ]);
    const cases = {
      "a.png": pngWith(BOTH),
      "plain.json": new TextEncoder().encode(WORKFLOW),
      "wide.json": wide,
    };
    for (const [name, bytes] of Object.entries(cases)) {
      await Deno.writeFile(`${directory}/${name}`, bytes);
      const { workflow, carrier } = openWorkflow(`${directory}/${name}`);
      equal(workflow.format, name === "wide.json" ? "api" : "ui");
      equal(carrier, name === "a.png" ? "png" : undefined);
    }
    await rejects(async () => await openWorkflow(`${directory}/none.json`), {
      code: baseErrors.FILE_NOT_FOUND.code,
    });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
