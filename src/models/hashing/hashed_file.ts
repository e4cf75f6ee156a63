import { ComfydockError, fileError } from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import type { FileDigest } from "../types.ts";
import { toHex } from "./hex.ts";
import type { FileRange, Fingerprint, HashOutcome, PieceHasher, RangeAnswer } from "./types.ts";

/** Ranges are as large as this, a power of two: small enough for Workers to end together, large enough to be worth a message. */
export const RANGE_BYTES: number = 16 * 1024 ** 2;

/** A file that is being hashed, in one range or several. */
export class HashedFile {
  readonly #values: Uint8Array[] = [];
  readonly #ranges: number;
  #next = 0;
  #answered = 0;
  #settled = false;

  /**
   * @param number What ranges call it by.
   * @param whole Set when it must be one range.
   */
  constructor(
    readonly number: number,
    readonly path: string,
    readonly fingerprint: Fingerprint,
    whole: boolean,
  ) {
    this.#ranges = whole ? 1 : Math.max(1, Math.ceil(fingerprint.size / RANGE_BYTES));
  }

  /** How many ranges nobody has taken. */
  get left(): number {
    return this.#settled ? 0 : this.#ranges - this.#next;
  }

  /** The next range to hash. */
  take(): FileRange {
    const range = this.#next++;
    const offset = range * RANGE_BYTES;
    const { size } = this.fingerprint;
    const whole = this.#ranges === 1;
    const length = whole ? size : Math.min(RANGE_BYTES, size - offset);
    const { number: file, path, fingerprint: expected } = this;
    return { file, range, path, offset, length, whole, expected };
  }

  /**
   * Notes what became of a range.
   *
   * @returns The digest with the last range, or the problem with the first that has one.
   */
  accept(answer: RangeAnswer, hasher: PieceHasher): HashOutcome | undefined {
    if (this.#settled) return undefined;
    const { range, value, sha256, failure } = answer;
    this.#settled = failure !== undefined || ++this.#answered === this.#ranges;
    const { path } = this;
    if (failure) return { path, error: errorOf(path, failure) };
    this.#values[range] = value!;
    if (!this.#settled) return undefined;
    const blake3 = toHex(this.#ranges === 1 ? value! : hasher.join(this.#values));
    const digest: FileDigest = { path, size: this.fingerprint.size, blake3 };
    return { path, digest: sha256 === undefined ? digest : { ...digest, sha256 } };
  }
}

/** What is wrong with a file that was there when its hashing was planned. */
function errorOf(
  path: string,
  { name, message }: { readonly name: string; readonly message: string },
): ComfydockError {
  if (name === "Changed" || name === "NotFound") {
    const why = name === "Changed" ? message : "it vanished";
    return new ComfydockError(modelErrors.MODEL_CHANGED, `Cannot hash "${path}": ${why}`, {
      hint: "Repeat this when nothing writes the file any more",
      details: { path },
    });
  }
  const denied = name === "PermissionDenied";
  const cause = denied ? new Deno.errors.PermissionDenied(message) : new Error(message);
  return fileError("Cannot hash", path, cause);
}
