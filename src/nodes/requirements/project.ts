import { baseErrors, isKind, parseToml } from "../../base/mod.ts";
import { decodeText } from "./decode.ts";

/** What the `pyproject.toml` of a pack says about its dependencies. */
export interface PackProject {
  /** `[project] dependencies`, with the lines they stand on; absent when it says nothing. */
  readonly dependencies?: readonly { readonly text: string; readonly line?: number }[];
  /** Requirement files that are the dependencies instead. */
  readonly files?: readonly string[];
  /** What is wrong with it. */
  readonly problem?: string;
}

/**
 * Reads the dependencies of a pack's project (https://packaging.python.org/en/latest/specifications/pyproject-toml/),
 * and where setuptools takes dynamic ones from.
 */
export function readPackProject(bytes: Uint8Array): PackProject {
  const { text } = decodeText(bytes);
  let tables: unknown;
  try {
    tables = parseToml(text, "pyproject.toml");
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    return { problem: error.message };
  }
  const project = at(tables, "project");
  const declared = at(project, "dependencies");
  if (declared !== undefined) {
    const dependencies = textsOf(declared);
    if (!dependencies) return { problem: "[project] dependencies is no list of texts" };
    return { dependencies: dependencies.map((item) => ({ text: item, line: lineOf(text, item) })) };
  }
  if (!textsOf(at(project, "dynamic"))?.includes("dependencies")) return {};
  const file = at(tables, "tool", "setuptools", "dynamic", "dependencies", "file");
  const files = textsOf(typeof file === "string" ? [file] : file);
  return files ? { files } : { problem: "its dynamic dependencies come from no file" };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => typeof item === "string") ? value : undefined;
}

// What is written with escapes or twice is not worth a second parser.
function lineOf(text: string, item: string): number | undefined {
  const quoted = [`"${item}"`, `'${item}'`].map((form) => text.indexOf(form));
  const start = quoted.find((place) => place >= 0);
  return start === undefined ? undefined : text.slice(0, start).split("\n").length;
}
