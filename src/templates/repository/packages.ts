import { baseErrors, isKind, parseToml } from "../../base/mod.ts";
import {
  getAt,
  isArray,
  isTable,
  lineOfToml,
  normalizePackageName,
  parseRequirement,
  pyprojectErrors,
  type TomlTable,
} from "../../pyproject/mod.ts";
import { type Finding, finding, type FindingCode } from "../findings/mod.ts";
import type { PackageRequirement, TemplatePackage } from "../types.ts";
import { type RepositoryFiles } from "./files.ts";
import { decodeText } from "./json_document.ts";
import { findModule } from "./package_module.ts";

/** A package before it is known which bundles it ships. */
export type ReadPackage = Omit<TemplatePackage, "kind" | "bundles" | "frozen">;

type At = readonly (string | number)[];

// https://packaging.python.org/en/latest/specifications/name-normalization/
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const NAME_HINT = "Use letters, digits, - and _";

/**
 * Reads one package from its `pyproject.toml`.
 *
 * @param id Name of its directory, or `meta`.
 * @param directory Below the root; `.` for the root.
 * @param path Its pyproject, below the root.
 * @param findings Where findings go.
 * @returns Nothing where the file is missing or cannot be read as TOML with a name.
 */
export async function readPackage(
  files: RepositoryFiles,
  { id, directory, path }: {
    readonly id: string;
    readonly directory: string;
    readonly path: string;
  },
  findings: Finding[],
): Promise<ReadPackage | undefined> {
  const bytes = await files.read(path);
  if (!bytes) return undefined;
  const parsed = parseText(path, bytes);
  if ("code" in parsed) {
    findings.push(parsed);
    return undefined;
  }
  const { text, table } = parsed;
  const report = (code: FindingCode, at: At, message: string, hint?: string) => {
    const place = { file: path, line: lineNear(text, at, path), path: at.join(".") };
    findings.push(finding(code, place, message, hint === undefined ? {} : { hint }));
  };
  const name = getAt(table, ["project", "name"]);
  if (typeof name !== "string" || name === "") {
    report("E_PYPROJECT", ["project", "name"], `"${path}" has no name under [project]`);
    return undefined;
  }
  if (!NAME.test(name)) {
    report("E_BAD_PROJECT", ["project", "name"], `"${name}" is no name of a package`, NAME_HINT);
  }
  const version = getAt(table, ["project", "version"]);
  if (typeof version !== "string") {
    report("E_NO_VERSION", ["project", "version"], whyNoVersion(path, table));
  }
  const read = (at: At) => readRequirements(table, at, report);
  const extras = getAt(table, ["project", "optional-dependencies"]);
  const names = isTable(extras) ? Object.keys(extras) : [];
  const requiresPython = getAt(table, ["project", "requires-python"]);
  const buildBackend = getAt(table, ["build-system", "build-backend"]);
  const place = await findModule(files, directory, table, name, (at, outside) => {
    const message = `"${outside}" of "${name}" leads out of the package`;
    report("E_BAD_PROJECT", at, message, "Name a directory of the package");
  });
  return {
    id,
    directory,
    pyproject: path,
    text,
    table,
    name,
    normalizedName: normalizePackageName(name),
    ...place,
    version: typeof version === "string" ? version : undefined,
    requiresPython: typeof requiresPython === "string" ? requiresPython : undefined,
    buildBackend: typeof buildBackend === "string" ? buildBackend : undefined,
    dependencies: read(["project", "dependencies"]),
    extras: Object.fromEntries(
      names.map((extra) => [extra, read(["project", "optional-dependencies", extra])]),
    ),
  };
}

function parseText(path: string, bytes: Uint8Array): { text: string; table: TomlTable } | Finding {
  try {
    const text = decodeText(bytes);
    const table = parseToml(text.replace(/^\ufeff/, ""), path);
    return isTable(table)
      ? { text, table }
      : finding("E_PYPROJECT", { file: path }, "It is no table");
  } catch (error) {
    if (isKind(error, baseErrors.DATA_INVALID)) {
      const line = Number(error.details.line);
      return finding("E_PYPROJECT", { file: path, line }, error.message);
    }
    if (error instanceof TypeError) {
      return finding("E_PYPROJECT", { file: path }, `"${path}" is not UTF-8`);
    }
    throw error;
  }
}

function lineNear(text: string, at: At, path: string): number | undefined {
  for (let length = at.length; length > 0; length--) {
    const line = lineOfToml(text, at.slice(0, length), path);
    if (line !== undefined) return line;
  }
  return undefined;
}

function whyNoVersion(path: string, table: TomlTable): string {
  const dynamic = getAt(table, ["project", "dynamic"]);
  return isArray(dynamic) && dynamic.includes("version")
    ? `The version of "${path}" is dynamic, so that it cannot be raised`
    : `"${path}" has no version under [project]`;
}

function readRequirements(
  table: TomlTable,
  at: At,
  report: (code: FindingCode, at: At, message: string, hint?: string) => void,
): readonly PackageRequirement[] {
  const list = getAt(table, at.map(String));
  if (list === undefined) return [];
  if (!isArray(list)) {
    report("E_PYPROJECT", at, `Expected a list of requirements at ${at.join(".")}`);
    return [];
  }
  return list.flatMap((text, index) => {
    const place = [...at, index];
    if (typeof text !== "string") {
      report("E_PYPROJECT", place, `Expected a requirement as text at ${place.join(".")}`);
      return [];
    }
    try {
      const { name, specifier, marker } = parseRequirement(text);
      return [{ text, name: normalizePackageName(name), specifier, marker, at: place }];
    } catch (error) {
      if (!isKind(error, pyprojectErrors.REQUIREMENT_INVALID)) throw error;
      report("E_REQUIREMENT", place, error.message, error.hint);
      return [];
    }
  });
}
