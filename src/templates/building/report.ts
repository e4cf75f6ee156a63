import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  invalidData,
  isKind,
  readList,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
} from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import type { WrittenFile } from "../wheels/mod.ts";
import type { BuiltPackage } from "./types.ts";

/** Name of the report in the directory of distributions. */
export const BUILD_REPORT = "build-report.json";

const LARGEST = 4 * 1024 ** 2;

/** Reads what earlier builds left in a directory; nothing where there is no report. */
export async function readBuildReport(directory: string): Promise<readonly BuiltPackage[]> {
  const path = join(directory, BUILD_REPORT);
  let text: string;
  try {
    text = await readTextBounded(path, LARGEST);
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return [];
    throw error;
  }
  try {
    const root = readRecord(JSON.parse(text), "$");
    return readList(root.packages, "$.packages")
      .map((one, at) => readPackage(one, `$.packages[${at}]`));
  } catch (cause) {
    throw new ComfydockError(
      templateErrors.E_BUILD_FAILED,
      `Cannot read "${path}": it is no report of a build`,
      { hint: "Remove it, then run `comfydock templates packages build`", cause },
    );
  }
}

/** The text of a report. */
export function printBuildReport(packages: readonly BuiltPackage[]): string {
  return `${JSON.stringify({ report_version: 1, packages }, null, 2)}\n`;
}

function readPackage(value: unknown, path: string): BuiltPackage {
  const { id, name, version, level, files } = readRecord(value, path);
  return {
    id: readText(id, `${path}.id`),
    name: readText(name, `${path}.name`),
    version: readText(version, `${path}.version`),
    level: readNumber(level, `${path}.level`),
    files: readFiles(files, `${path}.files`),
  };
}

/** Reads a list of files that were written. */
export function readFiles(value: unknown, path: string): readonly WrittenFile[] {
  return readList(value, path).map((one, at) => readFile(one, `${path}[${at}]`));
}

function readFile(value: unknown, path: string): WrittenFile {
  const { kind, file, size, sha256 } = readRecord(value, path);
  const name = readText(file, `${path}.file`);
  // It names what is uploaded and removed.
  if (!/^\w[\w.+-]*$/.test(name)) throw invalidData(`${path}.file`, "the name of a file", file);
  return {
    kind: kind === "sdist" ? "sdist" : "wheel",
    file: name,
    size: readNumber(size, `${path}.size`),
    sha256: readText(sha256, `${path}.sha256`),
  };
}
