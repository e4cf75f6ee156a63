import { textOf } from "./text_change.ts";
import type { FileChange } from "./types.ts";

const CONTEXT = 3;
/** Beyond this many lines on both sides of a difference only the whole is shown as replaced. */
const MOST_LINES = 4_000;

/**
 * Shows a change as `diff -u` does.
 *
 * @returns Lines without their ends; for what is not text one line that says so.
 */
export function unifiedDiff({ path, before, after }: FileChange): readonly string[] {
  const head = [
    `--- ${before ? `a/${path}` : "/dev/null"}`,
    `+++ ${after ? `b/${path}` : "/dev/null"}`,
  ];
  const [old, now] = [textOf(before), textOf(after)];
  if (old === undefined || now === undefined) return [...head, "Binary files differ"];
  const [oldLines, newLines] = [linesOf(old), linesOf(now)];
  return [...head, ...hunks(compare(oldLines, newLines))];
}

interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Lines that both have at start and end stay out of the comparison, which takes time and room by the square. */
function compare(old: readonly string[], now: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const rest = Math.min(old.length, now.length) - start;
  while (end < rest && old.at(-1 - end) === now.at(-1 - end)) end++;
  const same = (lines: readonly string[]) => lines.map((text): Line => ({ mark: " ", text }));
  return [
    ...same(old.slice(0, start)),
    ...between(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...same(old.slice(old.length - end)),
  ];
}

function between(old: readonly string[], now: readonly string[]): readonly Line[] {
  const removed = (text: string): Line => ({ mark: "-", text });
  const added = (text: string): Line => ({ mark: "+", text });
  if (old.length * now.length > MOST_LINES ** 2) return [...old.map(removed), ...now.map(added)];
  // Longest common subsequence, from the end so that it can be walked from the start.
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  for (let left = old.length - 1; left >= 0; left--) {
    for (let right = now.length - 1; right >= 0; right--) {
      longest[left * width + right] = old[left] === now[right]
        ? longest[(left + 1) * width + right + 1]! + 1
        : Math.max(longest[(left + 1) * width + right]!, longest[left * width + right + 1]!);
    }
  }
  const lines: Line[] = [];
  let [left, right] = [0, 0];
  while (left < old.length && right < now.length) {
    if (old[left] === now[right]) lines.push({ mark: " ", text: old[left++]! }), right++;
    else if (longest[(left + 1) * width + right]! >= longest[left * width + right + 1]!) {
      lines.push(removed(old[left++]!));
    } else lines.push(added(now[right++]!));
  }
  return [...lines, ...old.slice(left).map(removed), ...now.slice(right).map(added)];
}

function hunks(lines: readonly Line[]): readonly string[] {
  const result: string[] = [];
  const changed = lines.flatMap(({ mark }, at) => mark === " " ? [] : [at]);
  for (let first = 0; first < changed.length;) {
    let last = first;
    while (last + 1 < changed.length && changed[last + 1]! - changed[last]! <= 2 * CONTEXT) last++;
    const from = Math.max(0, changed[first]! - CONTEXT);
    const part = lines.slice(from, changed[last]! + CONTEXT + 1);
    const before = lines.slice(0, from);
    result.push(`@@ -${span(before, part, "+")} +${span(before, part, "-")} @@`);
    result.push(...part.map(({ mark, text }) => mark + text));
    first = last + 1;
  }
  return result;
}

function span(before: readonly Line[], part: readonly Line[], without: "-" | "+"): string {
  const count = (lines: readonly Line[]) => lines.filter(({ mark }) => mark !== without).length;
  const length = count(part);
  const start = count(before) + (length === 0 ? 0 : 1);
  return length === 1 ? String(start) : `${start},${length}`;
}
