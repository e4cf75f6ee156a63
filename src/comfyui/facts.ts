import { join } from "node:path";
import { type JsonRecord, parseToml, readTextBounded } from "../base/mod.ts";
import { lookAt } from "../workspace/disk/mod.ts";
import { requireComfyUI } from "./checkout.ts";
import { readComfyUIKnowledge } from "./knowledge.ts";
import { isPythonCondition, type SupportedPython, supportedPython } from "./python_range.ts";
import { type OddLine, parseRequirementLines } from "./requirements.ts";

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
  const text = await readTextBounded(join(directory, REQUIREMENTS), MAX_BYTES);
  const { requirements, odd } = parseRequirementLines(text, REQUIREMENTS);
  const project = await readProject(directory);
  const module = await readIfThere(join(directory, "comfyui_version.py"));
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

async function readProject(directory: string): Promise<Project> {
  const text = await readIfThere(join(directory, PROJECT));
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
