import { type FileChange, textChange } from "../changes/mod.ts";
import { type Finding, finding, type FindingCode } from "../findings/mod.ts";
import { editToml, lineOfToml, type TomlTable, withAt } from "../../pyproject/mod.ts";
import type { PackageRequirement, TemplatePackage, TemplateRepository } from "../types.ts";
import type { RepositorySide } from "./side.ts";
import { canonicalVersion } from "../versions/mod.ts";

/** Versions by package id, where they are not those of the files. */
export type PlannedVersions = ReadonlyMap<string, string>;

/** What pinning changes. */
export interface PinPlan {
  /** Requirements of the meta package before and after; `from` is absent where one is added. */
  readonly pins: readonly {
    readonly at: string;
    readonly from?: string;
    readonly to: string;
  }[];
  readonly changes: readonly FileChange[];
}

/** The packages that the meta package has to pin; blueprints and others may stay apart. */
const REQUIRED = new Set<TemplatePackage["kind"]>(["core", "json", "media"]);

// Name with extras, then versions, then the marker with its semicolon.
const PARTS =
  /^(\s*[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\s*(?:\[[^\]]*\])?)([^;@]*?)(\s*(?:;.*)?)$/s;

/**
 * Pins every package of the repository in the meta package exactly: in its dependencies and in all extras.
 *
 * Order, comments and markers stay, names stay as they are written, and requirements for other packages are not touched.
 *
 * @param versions Versions that packages are about to get.
 * @throws `MANIFEST_EDIT_FAILED`
 */
export function planPins(
  repository: Pick<TemplateRepository, "packages" | "meta">,
  versions: PlannedVersions = new Map(),
): PinPlan {
  const { packages, meta } = repository;
  if (!meta) return { pins: [], changes: [] };
  const pins: PinPlan["pins"][number][] = [];
  const pinned = (one: TemplatePackage) => {
    const version = versions.get(one.id) ?? one.version;
    return version === undefined ? undefined : `==${canonicalVersion(version)}`;
  };
  const pin = (list: readonly PackageRequirement[]) =>
    list.map((requirement) => {
      const one = packages.find(({ normalizedName }) => normalizedName === requirement.name);
      const specifier = one && pinned(one);
      if (specifier === undefined || requirement.specifier === specifier) return requirement.text;
      const [, head, , marker] = PARTS.exec(requirement.text) ?? [];
      if (head === undefined) return requirement.text;
      const to = `${head.trimEnd()}${specifier}${marker}`;
      pins.push({ at: requirement.at.join("."), from: requirement.text, to });
      return to;
    });
  const dependencies = [...pin(meta.dependencies)];
  for (const one of missingPins(repository)) {
    const specifier = pinned(one);
    if (specifier === undefined) continue;
    const to = `${one.normalizedName}${specifier}`;
    pins.push({ at: `project.dependencies.${dependencies.length}`, to });
    dependencies.push(to);
  }
  const extras = Object.entries(meta.extras).map(([extra, list]) => [extra, pin(list)] as const);
  if (pins.length === 0) return { pins, changes: [] };
  let table: TomlTable = withAt(meta.table, ["project", "dependencies"], dependencies);
  for (const [extra, list] of extras) {
    table = withAt(table, ["project", "optional-dependencies", extra], list);
  }
  const text = editToml(meta.text, table, { name: meta.pyproject });
  return { pins, changes: textChange(meta.pyproject, meta.text, text) };
}

function missingPins(
  { packages, meta }: Pick<TemplateRepository, "packages" | "meta">,
): readonly TemplatePackage[] {
  const named = new Set(meta?.dependencies.map(({ name }) => name));
  return packages.filter(({ kind, normalizedName }) =>
    REQUIRED.has(kind) && !named.has(normalizedName)
  );
}

/**
 * Checks what the meta package pins, and which ranges the other packages have.
 *
 * @param gone Normalised names of packages that the last release had.
 */
export function checkPins(
  repository: Pick<TemplateRepository, "packages" | "meta">,
  gone: ReadonlySet<string> = new Set(),
): readonly Finding[] {
  const { packages, meta } = repository;
  if (!meta) return [];
  const findings: Finding[] = [];
  const family = familyOf(packages);
  const known = new Set(packages.map(({ normalizedName }) => normalizedName));
  for (const list of [meta.dependencies, ...Object.values(meta.extras)]) {
    for (const requirement of list) {
      const one = packages.find(({ normalizedName }) => normalizedName === requirement.name);
      const fault = one ? pinFault(requirement, one) : leftBehind(requirement, meta, gone, family);
      if (fault) findings.push(at(meta, requirement, ...fault));
    }
    findings.push(...conflicts(meta, list, known));
  }
  for (const one of missingPins(repository)) {
    const place = { file: meta.pyproject, path: "project.dependencies" };
    const message = `The meta package does not depend on "${one.name}"`;
    findings.push(finding("E_PIN_MISSING", place, message));
  }
  return [...findings, ...packages.flatMap((one) => internalRanges(one, packages))];
}

/** Normalised names of the packages that a side of a comparison has, for {@linkcode checkPins}. */
export function formerNames(
  before: Pick<RepositorySide, "repository"> | undefined,
): ReadonlySet<string> {
  return new Set(before?.repository.packages.map(({ normalizedName }) => normalizedName));
}

type Fault = readonly [code: FindingCode, message: string];

function pinFault(requirement: PackageRequirement, one: TemplatePackage): Fault | undefined {
  const { specifier, text } = requirement;
  if (!/^==[^=*,]+$/.test(specifier)) {
    return ["E_PIN_RANGE", `"${text}" is no exact pin of version ${one.version ?? "?"}`];
  }
  if (one.version === undefined) return undefined;
  const version = canonicalVersion(one.version);
  return canonicalVersion(specifier.slice(2)) === version
    ? undefined
    : ["E_PIN_MISMATCH", `"${text}" pins another version than ${version}, which the package has`];
}

/** What the history says was a package is left behind; what is only called like one may be somebody else's. */
function leftBehind(
  { name, text }: PackageRequirement,
  meta: TemplatePackage,
  gone: ReadonlySet<string>,
  family: string | undefined,
): Fault | undefined {
  if (gone.has(name)) {
    return ["E_PIN_LEFT_BEHIND", `"${text}" pins a package that the repository has no more`];
  }
  const related = family !== undefined && name.startsWith(family) && name !== meta.normalizedName;
  return related
    ? ["W_PIN_UNKNOWN", `"${text}" is called like the packages here, and is none of them`]
    : undefined;
}

/** What the names of all packages begin with, up to a hyphen; nothing where that is too little to know them by. */
function familyOf(packages: readonly TemplatePackage[]): string | undefined {
  const names = packages.filter(({ kind }) => REQUIRED.has(kind))
    .map(({ normalizedName }) => normalizedName);
  const [first = ""] = names;
  if (names.length < 2) return undefined;
  let length = 0;
  while (length < first.length && names.every((name) => name[length] === first[length])) length++;
  const family = first.slice(0, first.lastIndexOf("-", length - 1) + 1);
  return family.length > 3 ? family : undefined;
}

function conflicts(
  meta: TemplatePackage,
  list: readonly PackageRequirement[],
  known: ReadonlySet<string>,
): readonly Finding[] {
  return list.flatMap((requirement, index) => {
    const { name, marker = "", specifier, text } = requirement;
    const before = list.slice(0, index).find((one) =>
      known.has(name) && one.name === name && (one.marker ?? "") === marker &&
      one.specifier !== specifier
    );
    return before
      ? [
        at(
          meta,
          requirement,
          "E_PIN_CONFLICT",
          `"${text}" and "${before.text}" exclude each other`,
        ),
      ]
      : [];
  });
}

function internalRanges(
  one: TemplatePackage,
  packages: readonly TemplatePackage[],
): readonly Finding[] {
  return [...one.dependencies, ...Object.values(one.extras).flat()].flatMap((requirement) => {
    const other = packages.find(({ normalizedName }) => normalizedName === requirement.name);
    const fault = other && pinFault(requirement, other);
    if (!other || !fault) return [];
    const message = `"${one.name}" asks for "${requirement.text}", a package of the repository`;
    const hint = `Pin it to ==${other.version ?? "?"}, or leave it if any version will do`;
    const place = placeOf(one, requirement);
    return [finding("W_INTERNAL_RANGE", place, message, { hint })];
  });
}

function at(
  one: TemplatePackage,
  requirement: PackageRequirement,
  code: FindingCode,
  message: string,
): Finding {
  return finding(code, placeOf(one, requirement), message, {
    details: { name: requirement.name, requirement: requirement.text },
  });
}

function placeOf(
  { pyproject: file, text }: TemplatePackage,
  { at }: PackageRequirement,
): { file: string; line?: number; path: string } {
  return { file, line: lineOfToml(text, at, file), path: at.join(".") };
}
