import { readProjectText } from "./project.ts";
import { splitWords } from "./words.ts";

/** A line of a shell block in a page. */
export interface ShellLine {
  readonly page: string;
  readonly text: string;
  /**
   * `plain` runs without a network; `network` needs one, for which tests put something in its place; `elsewhere` cannot
   * run where the tests do, and says why.
   */
  readonly where: "plain" | "network" | "elsewhere";
  /** Of `elsewhere`: what is missing here. */
  readonly reason?: string;
  /** The words behind the program's name, where comfydock is what starts. */
  readonly words?: readonly string[];
}

/**
 * Every line of the shell blocks in a page.
 *
 * @param page Its path below the root of the project.
 */
export async function shellLines(page: string): Promise<readonly ShellLine[]> {
  const text = await readProjectText(page);
  return [...text.matchAll(/^```(?:sh|bash|shell|console)\b *([^\n]*)\n([\s\S]*?)^```$/gm)]
    .flatMap(([, info = "", block = ""]) => {
      const { where, reason } = placeOf(info, page);
      return block.trim().split("\n")
        .map((line) => ({ page, text: line, where, reason, words: comfydockWords(line) }));
    });
}

function placeOf(info: string, page: string): Pick<ShellLine, "where" | "reason"> {
  if (info === "") return { where: "plain" };
  if (info === "network") return { where: "network" };
  const reason = /^elsewhere (\S.*)$/.exec(info)?.[1];
  if (reason !== undefined) return { where: "elsewhere", reason };
  throw new Error(`${page}: "sh ${info}" says neither "network" nor "elsewhere" with a reason`);
}

function comfydockWords(text: string): readonly string[] | undefined {
  const match = /^(?:comfydock|deno run -A main\.ts) (.+)$/.exec(text);
  return match?.[1] === undefined ? undefined : splitWords(match[1]);
}
