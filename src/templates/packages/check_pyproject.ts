import { getAt, isTable, lineOfToml } from "../../pyproject/mod.ts";
import type { PackageContents } from "../contents/mod.ts";
import { type Finding, finding, type FindingCode } from "../findings/mod.ts";
import type { TemplatePackage } from "../types.ts";
import { parseReleaseVersion } from "../versions/mod.ts";
import { dataFaults } from "./package_data.ts";

// https://packaging.python.org/en/latest/specifications/pyproject-toml/
const PROJECT_KEYS = new Set([
  ...["name", "version", "description", "readme", "requires-python", "license", "license-files"],
  ...["authors", "maintainers", "keywords", "classifiers", "urls", "scripts", "gui-scripts"],
  ...["entry-points", "dependencies", "optional-dependencies", "dynamic", "import-names"],
  "import-namespaces",
]);
const BUILD_KEYS = new Set(["requires", "build-backend", "backend-path"]);

/** Whether pre-releases may be released. */
export interface VersionChoice {
  /** A label such as `rc1`, or any. */
  readonly pre?: string | true;
}

/** Checks whether pyprojects say what a release needs. */
export function checkPyprojects(
  packages: readonly TemplatePackage[],
  contents: PackageContents,
  versions: VersionChoice = {},
): readonly Finding[] {
  return packages.flatMap((one) => [
    ...versionFaults(one, versions),
    ...projectFaults(one),
    ...unknownKeys(one, ["project"], PROJECT_KEYS),
    ...unknownKeys(one, ["build-system"], BUILD_KEYS),
    ...nameFaults(one),
    ...dataFaults(one, contents.get(one.id) ?? []),
  ]);
}

/** What is wrong with a package's version. */
export function versionFaults(
  one: TemplatePackage,
  { pre }: VersionChoice = {},
): readonly Finding[] {
  const { version, name } = one;
  // That there is none at all, the reader of pyprojects tells.
  if (version === undefined) return [];
  const found = parseReleaseVersion(version);
  const allowed = found && (found.pre === undefined || pre === true || found.pre === pre);
  if (allowed) return [];
  const why = found ? "is a pre-release" : "is not of three numbers without leading zeros";
  return [
    fault("E_BAD_VERSION", one, ["project", "version"], `Version "${version}" of "${name}" ${why}`),
  ];
}

function projectFaults(one: TemplatePackage): readonly Finding[] {
  const faults: Finding[] = [];
  const report = (at: readonly string[], message: string, hint: string) =>
    faults.push(fault("E_BAD_PROJECT", one, at, message, hint));
  if (one.requiresPython === undefined) {
    report(
      ["project"],
      `"${one.name}" does not say which Python it needs`,
      'Write `requires-python = ">=3.9"` under [project]',
    );
  }
  if (getAt(one.table, ["build-system", "requires"]) === undefined) {
    report(
      ["build-system"],
      `"${one.name}" does not say what builds it`,
      'Write [build-system] with `requires = ["setuptools>=61.0"]` and a `build-backend`',
    );
  }
  return faults;
}

function unknownKeys(
  one: TemplatePackage,
  path: readonly string[],
  known: ReadonlySet<string>,
): readonly Finding[] {
  const table = getAt(one.table, path);
  return Object.keys(isTable(table) ? table : {}).filter((key) => !known.has(key)).map((key) =>
    fault("E_UNKNOWN_KEY", one, [...path, key], `[${path.join(".")}] has no key "${key}"`)
  );
}

function nameFaults(one: TemplatePackage): readonly Finding[] {
  const { id, kind, normalizedName, module, directory } = one;
  const usual = normalizedName.replaceAll("-", "_");
  const faults: Finding[] = [];
  if (module !== usual) {
    const message = `"${one.name}" installs the module "${module}", not "${usual}"`;
    faults.push(fault("W_NAME_MISMATCH", one, ["project", "name"], message));
  }
  if (kind !== "meta" && !`_${usual}`.endsWith(`_${id.replaceAll("-", "_")}`)) {
    const message =
      `The distribution "${one.name}" is not called like its directory "${directory}"`;
    faults.push(fault("W_NAME_MISMATCH", one, ["project", "name"], message));
  }
  return faults;
}

function fault(
  code: FindingCode,
  { pyproject: file, text }: TemplatePackage,
  path: readonly string[],
  message: string,
  hint?: string,
): Finding {
  const place = { file, line: lineOfToml(text, path, file), path: path.join(".") };
  return finding(code, place, message, hint === undefined ? {} : { hint });
}
