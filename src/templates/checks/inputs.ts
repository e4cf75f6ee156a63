import { type Finding, finding } from "../findings/mod.ts";
import { extensionOf, placeIn } from "../repository/mod.ts";
import type { CheckFacts } from "./types.ts";

/** Files that ComfyUI itself brings. */
const SHIPPED = new Set(["example.png"]);
const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  image: ["png", "jpg", "jpeg", "webp", "gif", "svg", "exr", "avif"],
  video: ["mp4", "webm", "gif", "mov", "mkv", "webp"],
  audio: ["mp3", "wav", "flac", "ogg", "opus", "m4a"],
};

/** Checks whether the files are there that templates read, and what they say they write. */
export function checkInputs(facts: CheckFacts): readonly Finding[] {
  const { index, workflows } = facts;
  const entries = index?.templates ?? [];
  const byIndex = entries.flatMap(({ name, inputs, at }) =>
    inputs.flatMap(({ file }, input) =>
      isThere(facts, file) ? [] : [
        missing(
          placeIn(index!.document, [...at, "io", "inputs", input, "file"]),
          name,
          file,
          facts,
        ),
      ]
    )
  );
  const told = new Set(byIndex.map(({ details }) => JSON.stringify(details)));
  const byWorkflow = [...workflows.values()].flatMap(({ id, path: workflow, inputs }) =>
    inputs.flatMap(({ file, line, path }) =>
      isThere(facts, file) ? [] : [missing({ file: workflow, line, path }, id, fileOf(file), facts)]
    )
  );
  const outputs = entries.flatMap(({ name, outputs, at }) =>
    outputs.flatMap(({ file, nodeType = "a node", mediaType = "" }, output) => {
      const extension = extensionOf(file);
      const usual = OUTPUTS[mediaType];
      if (extension === "" || !usual || usual.includes(extension)) return [];
      return [
        finding(
          "W_OUTPUT_FILE",
          placeIn(index!.document, [...at, "io", "outputs", output, "file"]),
          `Template "${name}" says that ${nodeType} writes the ${mediaType} "${file}"`,
        ),
      ];
    })
  );
  return [
    ...byIndex,
    ...byWorkflow.filter(({ details }) => !told.has(JSON.stringify(details))),
    ...outputs,
  ];
}

function missing(
  place: Parameters<typeof finding>[1],
  id: string,
  file: string,
  { repository: { config } }: CheckFacts,
): Finding {
  const path = `${config.inputDir}/${file}`;
  return finding(
    "E_INPUT_MISSING",
    place,
    `Template "${id}" reads "${file}", and there is no ${path}`,
    {
      hint: `Add ${path}, or choose another file in the workflow`,
      details: { id, file },
    },
  );
}

function isThere({ inputs }: CheckFacts, named: string): boolean {
  // A widget may say where its file lies: only inputs have to be in the repository.
  if (named === "" || /\[(?:output|temp)\]$/.test(named) || /^https?:/.test(named)) return true;
  const file = fileOf(named);
  return inputs.has(file) || SHIPPED.has(file);
}

function fileOf(named: string): string {
  return named.replace(/\s*\[input\]$/, "").replaceAll("\\", "/");
}
