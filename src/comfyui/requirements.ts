import { logicalLines, parseRequirement } from "../pyproject/mod.ts";

/** A line that could not be taken over. */
export interface OddLine {
  /** Such as `requirements.txt`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Why it was passed over. */
  readonly why: string;
}

/** What a requirements file asks for. */
export interface RequirementLines {
  /** Requirements (PEP 508), as written, without comments. */
  readonly requirements: readonly string[];
  readonly odd: readonly OddLine[];
}

const MAX_SHOWN = 200;

/**
 * Reads a requirements file; options of pip and lines that are none of PEP 508 are told, not guessed at.
 *
 * https://pip.pypa.io/en/stable/reference/requirements-file-format/
 *
 * @param text The content.
 * @param file What odd lines call it.
 */
export function parseRequirementLines(text: string, file: string): RequirementLines {
  const requirements: string[] = [];
  const odd: OddLine[] = [];
  for (const { line, content } of logicalLines(text)) {
    const why = content.startsWith("-") ? "it is an option of pip" : problemOf(content);
    if (why === undefined) requirements.push(content);
    else odd.push({ file, line, text: content.slice(0, MAX_SHOWN), why });
  }
  return { requirements, odd };
}

function problemOf(content: string): string | undefined {
  try {
    parseRequirement(content);
    return undefined;
  } catch (error) {
    // The message repeats the line before it says what is wrong.
    const message = error instanceof Error ? error.message : String(error);
    return message.slice(message.lastIndexOf('": ') + 3);
  }
}
