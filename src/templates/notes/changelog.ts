const TITLE = "# Changelog";

/**
 * Puts a section into a changelog, in the place of one for the same version; the newest stands first.
 *
 * @param text The changelog; empty for a new one. Its line ends stay.
 * @param section Lines, the first of which is `## VERSION`.
 */
export function insertSection(text: string, section: readonly string[]): string {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text === "" ? [TITLE, ""] : text.replace(/\r?\n$/, "").split(/\r?\n/);
  const [heading = ""] = section;
  const isHeading = (line: string) => /^## /.test(line);
  const at = lines.findIndex((line) => line.trim() === heading || line.startsWith(`${heading} `));
  const first = lines.findIndex(isHeading);
  const start = at >= 0 ? at : first >= 0 ? first : lines.length;
  const next = at >= 0 ? lines.findIndex((line, index) => index > at && isHeading(line)) : start;
  const stop = next < 0 ? lines.length : next;
  const before = lines.slice(0, start);
  if (before.length > 0 && before.at(-1) !== "") before.push("");
  const after = lines.slice(stop);
  const result = [...before, ...section, ...after.length > 0 ? ["", ...after] : []];
  return `${result.join(end)}${end}`;
}
