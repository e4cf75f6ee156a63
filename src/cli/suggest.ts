import { likeness } from "../base/mod.ts";

/**
 * The command path that typed words most likely stand for, on any level.
 *
 * @param typed The words as typed, further arguments included.
 * @param within The group that was reached, tried first.
 * @param paths The paths of all commands and groups.
 */
export function nearestPath(
  typed: readonly string[],
  within: readonly string[],
  paths: readonly (readonly string[])[],
): readonly string[] | undefined {
  const full = [...within, ...typed];
  let best: { path: readonly string[]; score: number } | undefined;
  const offer = (path: readonly string[], score: number) => {
    if (score < (best?.score ?? Infinity)) best = { path, score };
  };
  for (const path of paths) {
    if (path.length <= within.length && path.every((word, index) => within[index] === word)) {
      continue;
    }
    if (path.length <= full.length) {
      // The more words a path explains, the likelier it was meant.
      offer(path, sum(path.map((word, index) => likeness(full[index]!, word))) - 100 * path.length);
    }
    // The right word under the wrong group, or under none.
    offer(path, likeness(typed[0] ?? "", path.at(-1)!) + path.length / 100);
  }
  return best?.path;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
