import { parseToml, readList, readRecord } from "../../base/mod.ts";
import type { ManifestProject } from "../../pyproject/mod.ts";

/** A project that asks for a part of what a lock holds, so that its layer stays when the rest changes. */
export interface LockLayer {
  readonly manifestText: string;
  readonly lockText: string;
}

const HEADER = "[[package]]\n";

/**
 * Cuts out of a lock what some requirements of the project need, word for word.
 *
 * Source of the form: uv.lock of version 1, as uv writes it.
 *
 * @param lockText The lock of the whole environment.
 * @param wanted Whether the project shall ask for a package.
 * @returns Nothing where the project asks for none of them.
 */
export function lockLayer(
  lockText: string,
  project: ManifestProject,
  wanted: (name: string) => boolean,
): LockLayer | undefined {
  const packages = packagesIn(lockText);
  const [head = "", ...blocks] = lockText.split(HEADER);
  const own = packages.findIndex(isProject);
  const block = blocks[own];
  if (block === undefined || blocks.length !== packages.length) return undefined;
  const lines = requirementLines(block).filter((line) => wanted(nameIn(line)));
  if (lines.length === 0) return undefined;
  const needed = reach(packages, lines.map(nameIn));
  const kept = blocks.map((text, at) => {
    if (at === own) return ownBlock(block, lines);
    return needed.has(String(packages[at]?.name)) ? text : undefined;
  });
  return {
    manifestText: manifestOf(project, [...new Set(lines.map(nameIn))]),
    lockText: [head, ...kept.filter((text) => text !== undefined)].join(HEADER).trimEnd() + "\n",
  };
}

/** The packages of a lock that have no wheels, so that installing them runs code of theirs. */
export function packagesToBuild(lockText: string): readonly string[] {
  return packagesIn(lockText)
    .filter((each) => !isProject(each) && !(Array.isArray(each.wheels) && each.wheels.length > 0))
    .map(({ name }) => String(name)).sort();
}

function packagesIn(lockText: string): readonly Readonly<Record<string, unknown>>[] {
  return readList(parseToml(lockText, "uv.lock").package ?? [], "uv.lock: package")
    .map((value, at) => readRecord(value, `uv.lock: package[${at}]`));
}

function isProject({ source }: Readonly<Record<string, unknown>>): boolean {
  const { virtual, editable } = readRecord(source ?? {}, "uv.lock: source");
  return virtual === "." || editable === ".";
}

/** The lines of the list `dependencies`, one for each requirement. */
function requirementLines(block: string): readonly string[] {
  const list = /^dependencies = \[\n((?: {4}.*\n)*)\]$/m.exec(block)?.[1] ?? "";
  return list.split("\n").filter((line) => line !== "");
}

function nameIn(line: string): string {
  return /\bname = "([^"]+)"/.exec(line)?.[1] ?? "";
}

function ownBlock(block: string, lines: readonly string[]): string {
  const facts = block.split("\n").filter((line) => /^(?:name|version|source) = /.test(line));
  return [...facts, "dependencies = [", ...lines, "]", "", ""].join("\n");
}

/** The names of all that some packages need; every edge counts, because a lock may name nothing that it lacks. */
function reach(
  packages: readonly Readonly<Record<string, unknown>>[],
  names: readonly string[],
): ReadonlySet<string> {
  const byName = Map.groupBy(packages, ({ name }) => String(name));
  const found = new Set(names);
  for (const name of found) {
    for (const each of byName.get(name) ?? []) edgesOf(each).forEach((edge) => found.add(edge));
  }
  return found;
}

function edgesOf(found: Readonly<Record<string, unknown>>): readonly string[] {
  const extras = readRecord(found["optional-dependencies"] ?? {}, "uv.lock: extras");
  const groups = readRecord(found["dev-dependencies"] ?? {}, "uv.lock: groups");
  return [found.dependencies ?? [], ...Object.values(extras), ...Object.values(groups)]
    .flatMap((list) => readList(list, "uv.lock: dependencies"))
    .map((edge) => String(readRecord(edge, "uv.lock: dependency").name));
}

function manifestOf(project: ManifestProject, names: readonly string[]): string {
  const { name, version = "0", requiresPython } = project;
  return [
    "[project]",
    `name = ${JSON.stringify(name)}`,
    `version = ${JSON.stringify(version)}`,
    ...requiresPython === undefined ? [] : [`requires-python = ${JSON.stringify(requiresPython)}`],
    `dependencies = ${JSON.stringify(names)}`,
    "",
  ].join("\n");
}
