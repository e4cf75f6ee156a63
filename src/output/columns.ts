import { visibleLength } from "./printable.ts";

/**
 * Lays rows out in columns of equal width.
 *
 * @param rows Cells, which may hold colours.
 * @param options `gap` blanks between columns (default 2), `indent` blanks before each row (default 0).
 * @returns One line a row, without blanks at the end.
 */
export function alignColumns(
  rows: readonly (readonly string[])[],
  { gap = 2, indent = 0 }: { readonly gap?: number; readonly indent?: number } = {},
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, visibleLength(cell));
    });
  }
  return rows.map((row) => {
    const cells = row.map((cell, index) =>
      cell + " ".repeat((widths[index] ?? 0) - visibleLength(cell))
    );
    return `${" ".repeat(indent)}${cells.join(" ".repeat(gap))}`.trimEnd();
  });
}

/**
 * Breaks a text into lines of at most `width` columns, at blanks; a longer word keeps a line of its own.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \t\n]+/).filter((part) => part !== "")) {
    if (line !== "" && visibleLength(line) + 1 + visibleLength(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}
