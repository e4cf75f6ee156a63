import { ComfydockError, readTextBounded } from "../../base/mod.ts";
import { getAt, isTable } from "../../pyproject/mod.ts";
import { templateErrors } from "../errors.ts";
import { globPattern } from "./glob_pattern.ts";
import { textsOf } from "./fields.ts";
import type { Distribution } from "./types.ts";

const LARGEST_TEXT = 4 * 1024 ** 2;
// What setuptools and hatchling look for where `license-files` names nothing.
const USUAL_LICENSES = ["LICEN[CS]E*", "COPYING*", "NOTICE*", "AUTHORS*"];

/**
 * The licences of a distribution: what `license-files` names, else files that are called like licences.
 *
 * Format: PEP 639; hatchling before it had a table of paths and globs, setuptools a list of its own.
 */
export function licenseFiles(
  { besideFiles, table }: Pick<Distribution, "besideFiles" | "table">,
): Distribution["besideFiles"] {
  const given = getAt(table, ["project", "license-files"]) ??
    getAt(table, ["tool", "setuptools", "license-files"]);
  const named = isTable(given)
    ? [...textsOf(given.paths), ...textsOf(given.globs)]
    : textsOf(given);
  const patterns = (given === undefined ? USUAL_LICENSES : named).map(globPattern);
  return besideFiles.filter(({ path }) => patterns.some((fits) => fits(path)));
}

/** Reads a file beside the module that a field of the pyproject names. */
export async function readBeside(
  { besideFiles, name }: Distribution,
  path: string,
  what: "licence" | "readme",
): Promise<string> {
  const file = besideFiles.find((one) => one.path === path);
  if (file) return await readTextBounded(file.place, LARGEST_TEXT);
  throw new ComfydockError(
    templateErrors.E_BUILD_FAILED,
    `Cannot build "${name}": its ${what} "${path}" is not there`,
    { hint: "Add the file, or change its name in pyproject.toml" },
  );
}
