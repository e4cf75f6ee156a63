import { join } from "node:path";
import { baseErrors, isKind, type JsonRecord, parseToml, readTextBounded } from "../../base/mod.ts";

const MAX_BYTES = 1024 ** 2;
const MAX_TEXT = 200;

/** What a pack's `pyproject.toml` says about it. */
export interface PackProject {
  /** `[project] name`, as it is written. */
  readonly name?: string;
  readonly version?: string;
  /** Whether there is `[tool.comfy]`, as the registry wants it. */
  readonly forRegistry: boolean;
}

/**
 * Reads what a pack's `pyproject.toml` says about it; `undefined` without one, or when it is none.
 *
 * @param directory The pack.
 */
export async function readPackProject(directory: string): Promise<PackProject | undefined> {
  const path = join(directory, "pyproject.toml");
  try {
    const table = parseToml(await readTextBounded(path, MAX_BYTES), path);
    const project = table.project as JsonRecord | undefined;
    const tool = table.tool as JsonRecord | undefined;
    return {
      name: textOf(project?.name),
      version: textOf(project?.version),
      forRegistry: tool?.comfy !== undefined,
    };
  } catch (error) {
    const { FILE_NOT_FOUND, FILE_TOO_LARGE, DATA_INVALID } = baseErrors;
    if ([FILE_NOT_FOUND, FILE_TOO_LARGE, DATA_INVALID].some((kind) => isKind(error, kind))) {
      return undefined;
    }
    throw error;
  }
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  return text !== "" && text.length <= MAX_TEXT ? text : undefined;
}
