import type { Pixels } from "./types.ts";

/** The bits of a hash. */
export const HASH_BITS = 128;
/** Pictures whose hashes differ in at most so many bits look alike, if nothing else is said. */
export const USUAL_DISTANCE = 6;

const SIDE = 9;
/** Neighbours that differ by less, of 255, count as equal: so much comes from compressing a picture once more. */
const NOISE = 2;
/** A picture whose parts differ by less than this, of 255, shows nothing. */
const FLAT = 8;

/**
 * The difference hash of a picture: whether each part of a grid is darker than its right and its lower neighbour.
 *
 * Size and compression change few of its bits. After N. Krawetz, "Kind of Like That"
 * (https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html), in both directions.
 *
 * @returns 32 hex digits; nothing for a picture of one colour.
 */
export function differenceHash(pixels: Pixels): string | undefined {
  const grid = brightness(pixels);
  if (Math.max(...grid) - Math.min(...grid) < FLAT) return undefined;
  const at = (x: number, y: number) => grid[y * SIDE + x]!;
  const bits: boolean[] = [];
  for (let y = 0; y < SIDE - 1; y++) {
    for (let x = 0; x < SIDE - 1; x++) {
      bits.push(at(x + 1, y) - at(x, y) >= NOISE, at(x, y + 1) - at(x, y) >= NOISE);
    }
  }
  const hash = new Uint8Array(HASH_BITS / 8);
  for (const [index, bit] of bits.entries()) if (bit) hash[index >> 3]! |= 1 << (index & 7);
  return hash.toHex();
}

/** The mean brightness of each part of the grid, from 0 to 255, on white. */
function brightness({ width, height, data }: Pixels): Float64Array {
  const sums = new Float64Array(SIDE * SIDE);
  const counts = new Float64Array(SIDE * SIDE);
  // Every part has at least one pixel, also of a picture that is smaller than the grid.
  const [columns, rows] = [Math.max(width, SIDE), Math.max(height, SIDE)];
  const offsets = Uint32Array.from(
    { length: columns },
    (_, at) => Math.floor(at * width / columns) * 4,
  );
  const parts = Uint8Array.from({ length: columns }, (_, at) => Math.floor(at * SIDE / columns));
  for (let row = 0; row < rows; row++) {
    const line = Math.floor(row * height / rows) * width * 4;
    const band = Math.floor(row * SIDE / rows) * SIDE;
    for (let column = 0; column < columns; column++) {
      const at = line + offsets[column]!;
      const cell = band + parts[column]!;
      // Rec. 601, https://www.itu.int/rec/R-REC-BT.601
      const grey = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
      sums[cell]! += 255 + (grey - 255) * data[at + 3]! / 255;
      counts[cell]!++;
    }
  }
  return sums.map((sum, cell) => sum / counts[cell]!);
}

/** Two pictures that look alike. */
export interface AlikePair<Name> {
  readonly names: readonly [Name, Name];
  /** How many bits of their hashes differ. */
  readonly distance: number;
}

/**
 * Finds all pairs of hashes that differ in few bits.
 *
 * Each pair is compared, word by word until too much differs: a million pairs take some milliseconds.
 *
 * @param most How many bits may differ, of {@linkcode HASH_BITS}.
 */
export function findAlike<Name>(
  hashes: ReadonlyMap<Name, string>,
  most: number,
): readonly AlikePair<Name>[] {
  const names = [...hashes.keys()];
  const words = HASH_BITS / 32;
  const all = new Uint32Array(names.length * words);
  for (const [at, hash] of [...hashes.values()].entries()) {
    all.set(new Uint32Array(Uint8Array.fromHex(hash).buffer), at * words);
  }
  const pairs: AlikePair<Name>[] = [];
  for (let left = 0; left < names.length; left++) {
    for (let right = left + 1; right < names.length; right++) {
      let distance = 0;
      for (let word = 0; word < words && distance <= most; word++) {
        distance += countBits(all[left * words + word]! ^ all[right * words + word]!);
      }
      if (distance <= most) pairs.push({ names: [names[left]!, names[right]!], distance });
    }
  }
  return pairs;
}

// https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel
function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
