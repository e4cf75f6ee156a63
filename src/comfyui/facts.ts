import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  type JsonRecord,
  parseToml,
  readTextBounded,
} from "../base/mod.ts";
import { lookAt } from "../workspace/disk/mod.ts";
import { noComfyUI, requireComfyUI } from "./checkout.ts";
import { readComfyUIKnowledge } from "./knowledge.ts";
import { withMirror } from "../workspace/mirrors/mod.ts";
import { isPythonCondition, type SupportedPython, supportedPython } from "./python_range.ts";
import { type OddLine, parseRequirementLines } from "./requirements.ts";
import type { ComfyUISource, ComfyUIWorld } from "./types.ts";

const MAX_BYTES = 1024 ** 2;
const REQUIREMENTS = "requirements.txt";
const PROJECT = "pyproject.toml";

/** What a checkout of ComfyUI says about itself. */
export interface ComfyUIFacts {
  /** Such as `0.3.64`; absent in old checkouts that do not tell. */
  readonly version?: string;
  /** What it needs (PEP 508), in its order. */
  readonly requirements: readonly string[];
  readonly python: SupportedPython;
  /** What could not be read; none of it stops anything. */
  readonly odd: readonly OddLine[];
}

/**
 * Reads what a checkout of ComfyUI says about itself.
 *
 * @param directory The checkout.
 * @throws `COMFYUI_NOT_FOUND`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readComfyUIFacts(directory: string): Promise<ComfyUIFacts> {
  await requireComfyUI(directory, `"${directory}"`);
  return await factsFrom((file) => readIfThere(join(directory, file)));
}

/**
 * Reads what a commit that the mirror holds says about itself; nothing is checked out.
 *
 * @param commit Full id of a commit that {@linkcode obtainComfyUI} has returned.
 * @throws `COMFYUI_NOT_FOUND` when that commit is no ComfyUI, `FILE_TOO_LARGE`
 */
export async function readMirroredFacts(
  world: ComfyUIWorld,
  source: ComfyUISource,
  commit: string,
): Promise<ComfyUIFacts> {
  return await withMirror(world, "comfyui", source, async ({ path }) => {
    const read = async (file: string) => {
      const bytes = await world.git.readFile(path, commit, file);
      if (bytes && bytes.length > MAX_BYTES) throw tooLarge(file, bytes.length);
      return bytes && new TextDecoder().decode(bytes);
    };
    const { files } = await readComfyUIKnowledge();
    const found = await Promise.all(files.map(read));
    const missing = files.filter((_file, at) => found[at] === undefined);
    if (missing.length > 0) throw noComfyUI(`${source.publicUrl} at ${commit}`, missing);
    return await factsFrom(read);
  });
}

function tooLarge(file: string, size: number): ComfydockError {
  return new ComfydockError(
    baseErrors.FILE_TOO_LARGE,
    `Cannot read ComfyUI's "${file}": ${size} bytes are more than the ${MAX_BYTES} accepted`,
    { details: { file, size } },
  );
}

/** Gives the text of a file, or nothing where there is none. */
type ReadFile = (file: string) => Promise<string | undefined>;

async function factsFrom(read: ReadFile): Promise<ComfyUIFacts> {
  const text = await read(REQUIREMENTS) ?? "";
  const { requirements, odd } = parseRequirementLines(text, REQUIREMENTS);
  const project = await readProject(read);
  const module = await read("comfyui_version.py");
  const requires = project.requires;
  const usable = requires === undefined || isPythonCondition(requires);
  return {
    version: /^__version__\s*=\s*["']([\w.+-]{1,60})["']/m.exec(module ?? "")?.[1] ??
      project.version,
    requirements,
    python: supportedPython(usable ? requires : undefined, await readComfyUIKnowledge()),
    odd: [
      ...odd,
      ...project.odd,
      ...(usable ? [] : [oddProject(`requires-python = "${requires}"`, "it is no condition")]),
    ],
  };
}

interface Project {
  readonly version?: string;
  readonly requires?: string;
  readonly odd: readonly OddLine[];
}

async function readProject(read: ReadFile): Promise<Project> {
  const text = await read(PROJECT);
  if (text === undefined) return { odd: [] };
  try {
    const project = parseToml(text, PROJECT).project as JsonRecord | undefined;
    const version = textOf(project?.version);
    return { version, requires: textOf(project?.["requires-python"]), odd: [] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { odd: [oddProject("", why)] };
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 200 ? value : undefined;
}

function oddProject(text: string, why: string): OddLine {
  return { file: PROJECT, line: 1, text, why };
}

async function readIfThere(path: string): Promise<string | undefined> {
  return await lookAt(path) ? await readTextBounded(path, MAX_BYTES) : undefined;
}
