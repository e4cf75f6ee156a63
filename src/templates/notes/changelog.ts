const TITLE = "# Changelog";

/**
 * Puts a section into a changelog, in the place of one for the same version, whose heading stays; else as the first,
 * behind what is not released yet.
 *
 * @param text The changelog; empty for a new one. Its line ends stay.
 * @param section Lines, the first of which is `## VERSION`.
 */
export function insertSection(text: string, section: readonly string[]): string {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text === "" ? [TITLE, ""] : text.replace(/\r?\n$/, "").split(/\r?\n/);
  const [heading = ""] = section;
  const version = versionOf(heading) ?? heading;
  const at = lines.findIndex((line) => line.trim() === heading || versionOf(line) === version);
  const first = lines.findIndex((line) => isHeading(line) && !/unreleased/i.test(line));
  const start = at >= 0 ? at : first >= 0 ? first : lines.length;
  const next = at >= 0 ? lines.findIndex((line, index) => index > at && isHeading(line)) : start;
  const stop = next < 0 ? lines.length : next;
  const before = lines.slice(0, start);
  if (before.length > 0 && before.at(-1) !== "") before.push("");
  const after = lines.slice(stop);
  const body = at >= 0 ? [lines[at]!, ...section.slice(1)] : section;
  const result = [...before, ...body, ...after.length > 0 ? ["", ...after] : []];
  return `${result.join(end)}${end}`;
}

function isHeading(line: string): boolean {
  return line.startsWith("## ");
}

/** The version that a heading names: `## 0.6.0`, `## [0.6.0] - 2025-11-01`, `## v0.6.0`. */
function versionOf(line: string): string | undefined {
  return /^## \[?v?(\d[^\]\s]*)\]?(?:\s|$)/.exec(line)?.[1];
}
