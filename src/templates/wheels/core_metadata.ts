import {
  getAt,
  isArray,
  isTable,
  normalizePackageName,
  parseRequirement,
  type TomlTable,
  type TomlValue,
} from "../../pyproject/mod.ts";
import { canonicalVersion } from "../versions/mod.ts";
import { licenseFiles, readBeside } from "./beside_files.ts";
import { textOf, textsOf } from "./fields.ts";
import type { Distribution } from "./types.ts";

const FURTHER_LINE = `\n${" ".repeat(8)}`;
// A line break would begin another field.
const BREAKS = /\r|\n(?! {8})/g;
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  md: "text/markdown",
  rst: "text/x-rst",
};

/**
 * The metadata of a distribution, made from `[project]` as setuptools and hatchling make it.
 *
 * Format: core metadata 2.4, https://packaging.python.org/en/latest/specifications/core-metadata/
 *
 * @throws `E_BUILD_FAILED` for a readme that is named and not there
 */
export async function coreMetadata(distribution: Distribution): Promise<string> {
  const project = getAt(distribution.table, ["project"]);
  const table = isTable(project) ? project : {};
  const text = (key: string) => textOf(table[key]);
  const lines: string[] = [
    "Metadata-Version: 2.4",
    `Name: ${distribution.name}`,
    `Version: ${canonicalVersion(distribution.version)}`,
  ];
  const add = (field: string, value: string | undefined) => {
    if (value !== undefined && value !== "") {
      lines.push(`${field}: ${value.replace(BREAKS, " ")}`);
    }
  };
  add("Summary", text("description"));
  addPeople(add, "Author", table.authors);
  addPeople(add, "Maintainer", table.maintainers);
  addLicense(add, table.license, await licenseText(distribution, table.license));
  for (const [label, url] of Object.entries(isTable(table.urls) ? table.urls : {})) {
    add("Project-URL", `${label}, ${textOf(url) ?? ""}`);
  }
  const keywords = textsOf(table.keywords);
  if (keywords.length > 0) add("Keywords", keywords.join(","));
  for (const one of textsOf(table.classifiers)) add("Classifier", one);
  add("Requires-Python", text("requires-python"));
  const readme = await readmeOf(distribution, table.readme);
  add("Description-Content-Type", readme?.type);
  for (const { path } of licenseFiles(distribution)) add("License-File", path);
  for (const one of textsOf(table.dependencies)) add("Requires-Dist", requirementText(one));
  const extras = table["optional-dependencies"];
  for (const [extra, list] of Object.entries(isTable(extras) ? extras : {})) {
    const name = normalizePackageName(extra);
    add("Provides-Extra", name);
    for (const one of textsOf(list)) add("Requires-Dist", requirementText(one, name));
  }
  return `${lines.join("\n")}\n${readme ? `\n${readme.text}` : ""}`;
}

function addPeople(
  add: (field: string, value: string) => void,
  field: string,
  value: TomlValue | undefined,
): void {
  const people = (isArray(value) ? value : []).filter(isTable);
  const names = people.flatMap((one) => one.email === undefined ? textOf(one.name) ?? [] : []);
  const mails = people.flatMap((one) => {
    const email = textOf(one.email);
    const name = textOf(one.name);
    return email === undefined ? [] : name === undefined ? [email] : [`${name} <${email}>`];
  });
  add(field, names.join(", "));
  add(`${field}-email`, mails.join(", "));
}

function addLicense(
  add: (field: string, value: string | undefined) => void,
  license: TomlValue | undefined,
  text: string | undefined,
): void {
  // Further lines are indented, as setuptools and hatchling do.
  if (isTable(license)) add("License", text?.trimEnd().split(/\r?\n|\r/).join(FURTHER_LINE));
  else add("License-Expression", textOf(license));
}

/** The text of a licence that a table gives, itself or by the name of a file. */
async function licenseText(
  distribution: Distribution,
  license: TomlValue | undefined,
): Promise<string | undefined> {
  if (!isTable(license)) return undefined;
  const file = textOf(license.file);
  return textOf(license.text) ??
    (file === undefined ? undefined : await readBeside(distribution, file, "licence"));
}

async function readmeOf(
  distribution: Distribution,
  readme: TomlValue | undefined,
): Promise<{ readonly text: string; readonly type: string } | undefined> {
  const read = (path: string) => readBeside(distribution, path, "readme");
  const byName = (path: string) =>
    CONTENT_TYPES[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ""] ?? "text/plain";
  if (typeof readme === "string") return { text: await read(readme), type: byName(readme) };
  if (!isTable(readme)) return undefined;
  const path = textOf(readme.file);
  const text = textOf(readme.text) ?? (path === undefined ? undefined : await read(path));
  const type = textOf(readme["content-type"]) ?? byName(path ?? "");
  return text === undefined ? undefined : { text, type };
}

/** A requirement as metadata has it, with the condition that an extra is wanted. */
function requirementText(text: string, extra?: string): string {
  const { name, extras, specifier, url, marker } = parseRequirement(text);
  const inside = extras.length > 0 ? `[${extras.join(",")}]` : "";
  const wanted = extra === undefined ? undefined : `extra == "${extra}"`;
  const given = marker !== undefined && wanted !== undefined && /\bor\b/.test(marker)
    ? `(${marker})`
    : marker;
  const conditions = [given, wanted].filter((one) => one !== undefined).join(" and ");
  const body = name + inside + (url === undefined ? specifier : ` @ ${url}`);
  return conditions === "" ? body : `${body}${url === undefined ? "" : " "}; ${conditions}`;
}

/** The entry points of a distribution as their file has them; nothing where it has none. */
export function entryPoints(table: TomlTable): string | undefined {
  const sections: string[] = [];
  const add = (name: string, value: TomlValue | undefined) => {
    if (!isTable(value)) return;
    const lines = Object.entries(value).flatMap(([key, target]) =>
      typeof target === "string" ? [`${key} = ${target}`] : []
    );
    if (lines.length > 0) sections.push([`[${name}]`, ...lines, ""].join("\n"));
  };
  add("console_scripts", getAt(table, ["project", "scripts"]));
  add("gui_scripts", getAt(table, ["project", "gui-scripts"]));
  const groups = getAt(table, ["project", "entry-points"]);
  for (const [name, value] of Object.entries(isTable(groups) ? groups : {})) add(name, value);
  return sections.length === 0 ? undefined : sections.join("\n");
}
