import { ComfydockError } from "../base/mod.ts";
import { pyprojectErrors } from "./errors.ts";
import { markerProblem } from "./marker.ts";

/** A Python requirement (PEP 508), taken apart as text. */
export interface Requirement {
  /** As written. */
  readonly name: string;
  readonly extras: readonly string[];
  /** Such as `>=1.0,<2`; empty when any version will do. */
  readonly specifier: string;
  /** What stands behind `@`. */
  readonly url?: string;
  /** What stands behind `;`. */
  readonly marker?: string;
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/;
// https://packaging.python.org/en/latest/specifications/version-specifiers/
const EPOCH_AND_RELEASE = String.raw`v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*`;
const SUFFIXES = [
  String.raw`(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?`,
  String.raw`(?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?`,
  String.raw`(?:[-_.]?dev[-_.]?[0-9]*)?`,
].join("");
const LOCAL = String.raw`(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?`;
const CLAUSE = new RegExp(
  `^(?:${
    [
      String.raw`===\s*[^\s;)]+`,
      // A wildcard ends the release; only equality has it, and local parts.
      String.raw`(?:==|!=)\s*${EPOCH_AND_RELEASE}(?:\.\*|${SUFFIXES}${LOCAL})`,
      String.raw`(?:<=|>=|<|>)\s*${EPOCH_AND_RELEASE}${SUFFIXES}`,
      String.raw`~=\s*v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)+${SUFFIXES}`,
    ].join("|")
  })$`,
  "i",
);
const MAX_LENGTH = 4096;

/**
 * Gives the form in which names of Python packages are compared (PEP 503).
 *
 * @param name As written.
 */
export function normalizePackageName(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}

/**
 * Takes a requirement apart (PEP 508).
 *
 * @param text Such as `torch[cuda]>=2.1; sys_platform == "linux"`.
 * @throws `REQUIREMENT_INVALID`
 */
export function parseRequirement(text: string): Requirement {
  if (text.length > MAX_LENGTH) throw invalid(text, "it is too long");
  const body = text.trim();
  const name = NAME.exec(body)?.[0];
  if (name === undefined) throw invalid(text, "it does not begin with the name of a package");
  const { extras, rest } = takeExtras(body.slice(name.length).trimStart(), text);
  if (rest.startsWith("@")) return { name, extras, specifier: "", ...takeUrl(rest.slice(1), text) };
  const markerAt = rest.indexOf(";");
  const versions = markerAt < 0 ? rest : rest.slice(0, markerAt);
  const marker = markerAt < 0 ? undefined : takeMarker(rest.slice(markerAt + 1), text);
  return { name, extras, specifier: takeSpecifier(versions, text), marker };
}

/** Gives the normalised name of the package that a requirement asks for. */
export function requirementName(text: string): string {
  return normalizePackageName(parseRequirement(text).name);
}

function takeExtras(rest: string, text: string): { extras: readonly string[]; rest: string } {
  if (!rest.startsWith("[")) return { extras: [], rest };
  const end = rest.indexOf("]");
  if (end < 0) throw invalid(text, "its extras are not closed");
  const inside = rest.slice(1, end).trim();
  const extras = inside === "" ? [] : inside.split(",").map((extra) => extra.trim());
  const bad = extras.find((extra) => NAME.exec(extra)?.[0] !== extra);
  if (bad !== undefined) throw invalid(text, `"${bad}" is no name of an extra`);
  return { extras, rest: rest.slice(end + 1).trimStart() };
}

// A URL may hold semicolons; the marker begins at one that follows whitespace.
function takeUrl(rest: string, text: string): { url: string; marker?: string } {
  const [, url, , after] = /^\s*(\S+)(\s+;(.*)|\s*)$/s.exec(rest) ?? [];
  if (url === undefined) throw invalid(text, "its address is missing or holds blanks");
  return { url, marker: after === undefined ? undefined : takeMarker(after, text) };
}

function takeMarker(rest: string, text: string): string {
  const marker = rest.trim();
  const problem = markerProblem(marker);
  if (problem !== undefined) throw invalid(text, problem);
  return marker;
}

function takeSpecifier(versions: string, text: string): string {
  const plain = versions.trim();
  const inside = /^\((.*)\)$/s.exec(plain)?.[1]?.trim() ?? plain;
  if (inside === "") return "";
  const clauses = inside.split(",").map((clause) => clause.trim());
  // A comma may end the list.
  if (clauses.length > 1 && clauses.at(-1) === "") clauses.pop();
  const bad = clauses.find((clause) => !CLAUSE.test(clause));
  if (bad !== undefined) throw invalid(text, `"${bad}" is no condition on a version`);
  return clauses.map((clause) => clause.replace(/\s+/g, "")).join(",");
}

function invalid(text: string, why: string): ComfydockError {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return new ComfydockError(
    pyprojectErrors.REQUIREMENT_INVALID,
    `Cannot read the requirement "${shown}": ${why}`,
    { hint: 'Write it like "name>=1.0" or "name[extra]==2.1; sys_platform == \'linux\'"' },
  );
}
