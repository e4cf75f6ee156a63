/** A line of a requirements file, put together from the lines that a backslash continues. */
export interface LogicalLine {
  /** The first of its lines, from 1. */
  readonly line: number;
  /** Without comment and surrounding blanks; never empty. */
  readonly content: string;
}

const COMMENT = /(^|\s)#.*$/;

/**
 * Cuts a requirements file into logical lines, as pip does.
 *
 * https://pip.pypa.io/en/stable/reference/requirements-file-format/
 *
 * @param text The content.
 */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let pending: string | undefined;
  let from = 1;
  const close = (joined: string) => {
    const content = joined.replace(COMMENT, "").trim();
    if (content !== "") lines.push({ line: from, content });
    pending = undefined;
  };
  for (const [at, raw] of text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/).entries()) {
    if (pending === undefined) from = at + 1;
    const isComment = /^\s*#/.test(raw);
    if (raw.endsWith("\\") && !isComment) pending = `${pending ?? ""}${raw.slice(0, -1)}`;
    // A comment ends a continued line and stays a comment.
    else close(`${pending ?? ""}${isComment ? " " : ""}${raw}`);
  }
  if (pending !== undefined) close(pending);
  return lines;
}
