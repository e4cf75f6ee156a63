import {
  invalidData,
  optional,
  parseJsonText,
  readAssetText,
  readList,
  readRecord,
  readText,
} from "../../base/mod.ts";

const ROOT = "data/sample/comfyui";

/** One commit of the sample; what it does not name stays as the commit before it left it. */
export interface SampleCommit {
  readonly branch: string;
  readonly message: string;
  /** Seconds since the Unix epoch. */
  readonly time: number;
  /** The release that it is. */
  readonly tag?: string;
  /** Path to content with plain line ends. */
  readonly files: ReadonlyMap<string, string>;
}

/** Reads the sample that ships with comfydock, oldest commit first. */
export async function readSampleHistory(): Promise<readonly SampleCommit[]> {
  const name = `${ROOT}/history.json`;
  const steps = readList(
    readRecord(parseJsonText(await readAssetText(name), name), "$").steps,
    "$.steps",
  );
  return await Promise.all(steps.map((step, at) => readStep(step, `$.steps[${at}]`)));
}

async function readStep(value: unknown, path: string): Promise<SampleCommit> {
  const step = readRecord(value, path);
  const directory = readText(step.directory, `${path}.directory`);
  const files = Object.entries(readRecord(step.files, `${path}.files`)).map(
    async ([target, file]) => {
      const asset = `${ROOT}/${directory}/${readText(file, `${path}.files["${target}"]`)}`;
      return [target, (await readAssetText(asset)).replaceAll("\r\n", "\n")] as const;
    },
  );
  return {
    branch: readText(step.branch, `${path}.branch`),
    message: readText(step.message, `${path}.message`),
    time: readTime(step.date, `${path}.date`),
    tag: optional(step.tag, `${path}.tag`, readText),
    files: new Map(await Promise.all(files)),
  };
}

function readTime(value: unknown, path: string): number {
  const milliseconds = Date.parse(readText(value, path));
  if (Number.isNaN(milliseconds)) throw invalidData(path, "a time", value);
  return milliseconds / 1000;
}
