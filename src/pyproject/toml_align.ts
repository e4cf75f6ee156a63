import { sameValue, type TomlValue } from "./toml_value.ts";

/** A run of items that differ: `old[oldFrom, oldTo)` becomes `wanted[newFrom, newTo)`. */
export interface ArrayDifference {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

const MAX_CELLS = 1_000_000;

/** Finds the runs in which two arrays differ, from first to last, leaving out as many equal items as can be. */
export function alignArrays(
  old: readonly TomlValue[],
  wanted: readonly TomlValue[],
): ArrayDifference[] {
  const shorter = Math.min(old.length, wanted.length);
  let start = 0;
  while (start < shorter && sameValue(old[start], wanted[start])) start++;
  let end = 0;
  while (end < shorter - start && sameValue(old.at(-1 - end), wanted.at(-1 - end))) end++;
  const rows = old.length - end - start;
  const columns = wanted.length - end - start;
  if (rows === 0 && columns === 0) return [];
  const matches = rows * columns > MAX_CELLS ? [] : longestCommon(
    old.slice(start, start + rows),
    wanted.slice(start, start + columns),
  );
  const differences: ArrayDifference[] = [];
  let oldFrom = start;
  let newFrom = start;
  for (const [row, column] of [...matches, [rows, columns] as const]) {
    const [oldTo, newTo] = [start + row, start + column];
    if (oldTo > oldFrom || newTo > newFrom) differences.push({ oldFrom, oldTo, newFrom, newTo });
    [oldFrom, newFrom] = [oldTo + 1, newTo + 1];
  }
  return differences;
}

// Longest common subsequence by dynamic programming: pairs of positions that hold equal items.
function longestCommon(
  old: readonly TomlValue[],
  wanted: readonly TomlValue[],
): (readonly [number, number])[] {
  const width = wanted.length + 1;
  const lengths = new Int32Array((old.length + 1) * width);
  const length = (row: number, column: number) => lengths[row * width + column]!;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = wanted.length - 1; column >= 0; column--) {
      lengths[row * width + column] = sameValue(old[row], wanted[column])
        ? length(row + 1, column + 1) + 1
        : Math.max(length(row + 1, column), length(row, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let row = 0, column = 0; row < old.length && column < wanted.length;) {
    if (sameValue(old[row], wanted[column])) pairs.push([row++, column++]);
    else if (length(row + 1, column) >= length(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
