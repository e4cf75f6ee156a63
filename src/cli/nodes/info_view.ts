import { counted } from "../../base/mod.ts";
import { formatCount, type Style, wrapText } from "../../output/mod.ts";
import { shortenLine } from "../lines.ts";
import type { InfoData, VersionData } from "./info_data.ts";

const MOST_VERSIONS = 8;
const MOST_CLASSES = 60;
const MOST_RIVALS = 8;
const INDENT = 14;

/** What a pack is, then its versions, classes and rivals, then what a check found. */
export function view(data: InfoData, style: Style): string[] {
  return [
    `${style.bold(data.id)}${data.version === null ? "" : ` ${data.version}`}  ${data.name}`,
    ...paragraph(data.description ?? "", style, 2),
    ...facts(data).flatMap(([name, value]) => field(name, value, style)),
    ...versions(data, style),
    ...classes(data, style),
    ...findings(data, style),
  ];
}

function facts(data: InfoData): readonly (readonly [name: string, value: string])[] {
  const { downloads, github_stars: stars, installed } = data;
  const standing = [
    ...(downloads ? [counted(downloads, "download")] : []),
    ...(stars ? [`${formatCount(stars)} stars`] : []),
  ].join(", ");
  const version = installed?.version ? ` in version ${installed.version}` : "";
  const all: readonly (readonly [string, string])[] = [
    ["author", data.author ?? ""],
    ["licence", data.license ?? ""],
    ["repository", data.repository ?? ""],
    ["tags", data.tags.join(", ")],
    ["standing", standing],
    ["from", origin(data)],
    ["installed", installed ? `in ${installed.environment}${version}, as ${installed.id}` : "no"],
    ["needs", data.dependencies.join(", ")],
  ];
  return all.filter(([, value]) => value !== "");
}

function origin({ source, listed, from }: InfoData): string {
  if (source === "core") return "ComfyUI itself; there is nothing to install";
  if (source === "manager") return "ComfyUI-Manager's list; it comes by git";
  if (!listed) return "the node index; the registry does not list it";
  return from === "stale" || from === "index"
    ? `the registry, as the ${from === "index" ? "node index has it" : "last answer had it"}`
    : "the registry";
}

function field(name: string, value: string, style: Style): string[] {
  const [first = "", ...rest] = wrapText(value, style.width - INDENT);
  return [
    `  ${style.dim(name.padEnd(INDENT - 2))}${first}`,
    ...rest.map((line) => `${" ".repeat(INDENT)}${line}`),
  ];
}

function paragraph(text: string, style: Style, indent: number): string[] {
  if (text === "") return [];
  return wrapText(text.replace(/\s+/g, " "), style.width - indent)
    .map((line) => `${" ".repeat(indent)}${line}`);
}

function versions({ versions: all }: InfoData, style: Style): string[] {
  if (all.length === 0) return [];
  const more = all.length - MOST_VERSIONS;
  return [
    `${formatCount(all.length)} ${all.length === 1 ? "version" : "versions"}, newest first`,
    ...all.slice(0, MOST_VERSIONS).map((one) => {
      const state = one.live ? "" : style.yellow(stateOf(one));
      return `  ${one.version.padEnd(INDENT - 4)}  ${one.released?.slice(0, 10) ?? ""}  ${state}`
        .trimEnd();
    }),
    ...(more > 0 ? [style.dim(`  ${formatCount(more)} more; --json has them all`)] : []),
  ];
}

function stateOf({ deprecated, status }: VersionData): string {
  const withdrawn = status?.replace(/^NodeVersionStatus/, "").toLowerCase();
  return deprecated ? "deprecated" : withdrawn ?? "withdrawn";
}

function classes({ classes: names, rivals }: InfoData, style: Style): string[] {
  if (names.length === 0) return [style.dim("Its node classes are not known")];
  const shown = names.slice(0, MOST_CLASSES).join(", ");
  const more = names.length > MOST_CLASSES ? `, and ${names.length - MOST_CLASSES} more` : "";
  return [
    `${formatCount(names.length)} node ${names.length === 1 ? "class" : "classes"}`,
    ...paragraph(shown + more, style, 2),
    ...(rivals.length === 0 ? [] : ["Also claimed by"]),
    ...rivals.slice(0, MOST_RIVALS).map(({ id, classes: shared }) =>
      shortenLine(`${id}: ${shared.join(", ")}`, style.width - 2)
    ).map((line) => `  ${line}`),
    ...(rivals.length > MOST_RIVALS
      ? [style.dim(`  ${rivals.length - MOST_RIVALS} more; --json has them all`)]
      : []),
  ];
}

function findings({ findings: found }: InfoData, style: Style): string[] {
  if (!found) return [];
  if (found.length === 0) return [style.green("The check found nothing wrong")];
  return found.map(({ severity, message }) =>
    `${severity === "error" ? style.red("error:") : style.yellow("warning:")} ${message}`
  );
}
