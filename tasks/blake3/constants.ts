/** The first eight words of every compression, those of SHA-256; BLAKE3 specification, 2.2. */
export const INITIAL: readonly number[] = [
  ...[0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a],
  ...[0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
];

/** Where each word of the message comes from in the next round; BLAKE3 specification, table 2. */
export const PERMUTATION: readonly number[] = [
  ...[2, 6, 3, 10, 7, 0, 4, 13],
  ...[1, 11, 12, 5, 9, 14, 15, 8],
];

/** Four words of the state that are mixed with each other. */
export type Quarter = readonly [number, number, number, number];

/** A round: the columns, then the diagonals. */
export const ROUND: readonly (readonly Quarter[])[] = [
  [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15]],
  [[0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]],
];

/** How many rounds a compression has. */
export const ROUNDS = 7;

/** Bytes in a block of the message. */
export const BLOCK = 64;

/** Bytes in a chaining value. */
export const VALUE_BYTES = 32;

/** Where the functions keep what is their own, all below 4,096: addresses of words of the message and of the state. */
export const memory = {
  words: 0,
  pairedWords: 256,
  pairedState: 768,
  pairedCounters: 1024,
} as const;
