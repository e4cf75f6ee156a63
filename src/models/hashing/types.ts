import type { ComfydockError } from "../../base/mod.ts";
import type { FileDigest } from "../types.ts";

/** What hashes: the kernel with relaxed SIMD, the one with plain SIMD, or JavaScript alone. */
export type HashingKernel = "relaxed" | "plain" | "noble";

/** How files are hashed. */
export interface HashOptions {
  /** SHA-256 as well, from the same read; such a file is not shared among Workers. */
  readonly sha256?: boolean;
  /** How many Workers at most; default the number of processors, at most 4. */
  readonly workers?: number;
  /** Called as bytes of a file have been hashed, with how many they were. */
  onBytes?(bytes: number, path: string): void;
  readonly signal?: AbortSignal;
  /** Default the fastest that the runtime can. */
  readonly kernel?: HashingKernel;
}

/**
 * BLAKE3 in pieces of equal size: the value of each is one node of the tree, whoever computes it.
 *
 * Ranges of a file begin at multiples of their size, which is a power of two of pieces.
 */
export interface PieceHasher {
  /** The next piece goes here. */
  readonly buffer: Uint8Array<ArrayBuffer>;
  /** Begins a range; `chunk` is the number of its first 1,024 bytes in the file. */
  begin(chunk: number): void;
  /** Hashes the buffer, which is full and not the end of the range. */
  push(): void;
  /**
   * Hashes the last piece.
   *
   * @param length How much of the buffer it is, in bytes.
   * @param root Set when the range is the whole file.
   * @returns The digest of the file, or the value of the range.
   */
  end(length: number, root: boolean): Uint8Array;
  /** The digest of a file of several ranges, from the value of each. */
  join(ranges: readonly Uint8Array[]): Uint8Array;
}

/** What a file was when its hashing was planned. */
export interface Fingerprint {
  readonly size: number;
  /** In milliseconds since 1970; absent where the system does not tell. */
  readonly mtime?: number;
  readonly inode?: number;
}

/** A part of a file to hash. */
export interface FileRange {
  /** Number of the file and of the range in it. */
  readonly file: number;
  readonly range: number;
  readonly path: string;
  /** In bytes. */
  readonly offset: number;
  readonly length: number;
  /** Set when the range is the whole file. */
  readonly whole: boolean;
  readonly expected: Fingerprint;
}

/** What became of a range. */
export interface RangeAnswer {
  readonly file: number;
  readonly range: number;
  readonly length: number;
  /** The digest of the file, or the value of the range. */
  readonly value?: Uint8Array;
  /** In hex. */
  readonly sha256?: string;
  /** Set instead of a value: the file is not what it was, or it cannot be read. */
  readonly failure?: { readonly name: string; readonly message: string };
}

/** A file that cannot be hashed, and why. */
export interface FailedFile {
  readonly path: string;
  readonly error: ComfydockError;
}

/** What became of a file. */
export type HashOutcome = FailedFile | { readonly path: string; readonly digest: FileDigest };
