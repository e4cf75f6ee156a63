/** A piece of a line in one colour. */
interface Span {
  readonly text: string;
  readonly column: number;
  readonly color: string;
  readonly bold: boolean;
}

const COLUMN = 8.4;
const ROW = 19;
const MARGIN = 16;
const FONT_SIZE = 14;
const PLAIN = "#d8dee9";
const DIM = "#8a93a5";
const BACKGROUND = "#1e2430";
/** What the colour sequences of `src/output` stand for; all else is drawn plain. */
const COLORS: Readonly<Record<string, string>> = {
  "31": "#ff7b86",
  "32": "#9bd17f",
  "33": "#eccb74",
  "36": "#74c7d8",
};
const SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[([0-9;]*)m`);

/**
 * Draws what a terminal shows as SVG; the same lines give the same bytes.
 *
 * @param lines With colour sequences.
 * @param columns Width of the terminal; longer lines are broken there.
 */
export function drawTerminal(lines: readonly string[], columns: number): string {
  const rows = lines.flatMap((line) => breakAt(spansOf(line), columns));
  const width = Math.ceil(columns * COLUMN + 2 * MARGIN);
  const height = rows.length * ROW + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="${FONT_SIZE}">`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    ...rows.flatMap((spans, row) => spans.map((span) => drawSpan(span, row))),
    "</svg>\n",
  ].join("\n");
}

function drawSpan({ text, column, color, bold }: Span, row: number): string {
  const x = round(MARGIN + column * COLUMN);
  const y = MARGIN + row * ROW + FONT_SIZE;
  const weight = bold ? ' font-weight="bold"' : "";
  const length = round([...text].length * COLUMN);
  return `<text x="${x}" y="${y}" fill="${color}"${weight} textLength="${length}" ` +
    `xml:space="preserve">${escapeXml(text)}</text>`;
}

function spansOf(line: string): readonly Span[] {
  const spans: Span[] = [];
  let color = PLAIN;
  let bold = false;
  let column = 0;
  for (const [index, part] of line.split(SEQUENCE).entries()) {
    if (index % 2 === 0) {
      if (part.trim() !== "") spans.push({ text: part, column, color, bold });
      column += [...part].length;
      continue;
    }
    for (const code of part.split(";")) {
      if (code === "1") bold = true;
      if (code === "2") color = DIM;
      if (code in COLORS) color = COLORS[code]!;
      if (code === "0" || code === "" || code === "22") bold = false;
      if (["0", "", "39"].includes(code) || (code === "22" && color === DIM)) color = PLAIN;
    }
  }
  return spans;
}

function breakAt(spans: readonly Span[], columns: number): readonly (readonly Span[])[] {
  const rows: Span[][] = [[]];
  for (const { text, column, ...look } of spans) {
    const letters = [...text];
    for (let at = 0; at < letters.length;) {
      const row = Math.floor((column + at) / columns);
      const start = (column + at) % columns;
      const piece = letters.slice(at, at + columns - start);
      while (rows.length <= row) rows.push([]);
      rows[row]!.push({ text: piece.join(""), column: start, ...look });
      at += piece.length;
    }
  }
  return rows;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
