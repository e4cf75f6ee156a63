/** The SHA-256 of bytes, in hex; many are calculated beside each other. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** What SHA-256 begins with; made when it is first needed. */
interface Constants {
  /** Of the rounds: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
  readonly rounds: Int32Array;
  /** The state at the start, likewise of the square roots of the first 8. */
  readonly start: Int32Array;
}

let constants: Constants | undefined;

/**
 * The SHA-256 of a short text, in hex, at once (FIPS 180-4); it guards nothing.
 *
 * Loading the runtime's own digests would be felt at the start of every command that reads a manifest.
 */
export function sha256OfText(text: string): string {
  const message = new TextEncoder().encode(text);
  const blocks = (message.length + 9 + 63) >> 6;
  const padded = new Uint8Array(blocks * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  const { rounds, start } = constants ??= {
    rounds: fractions(64, Math.cbrt),
    start: fractions(8, Math.sqrt),
  };
  const state = Int32Array.from(start);
  for (let at = 0; at < padded.length; at += 64) mix(state, rounds, view, at);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function mix(state: Int32Array, rounds: Int32Array, view: DataView, start: number): void {
  const words = new Int32Array(64);
  for (let at = 0; at < 64; at++) {
    if (at < 16) {
      words[at] = view.getInt32(start + at * 4);
      continue;
    }
    const near = words[at - 2]!;
    const far = words[at - 15]!;
    words[at] = words[at - 16]! + words[at - 7]! +
      (turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)) +
      (turn(near, 17) ^ turn(near, 19) ^ (near >>> 10));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at++) {
    const first = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) +
      rounds[at]! + words[at]!;
    const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => state[at] = state[at]! + word);
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fractions(count: number, root: (prime: number) => number): Int32Array {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return Int32Array.from(primes, (prime) => ((root(prime) % 1) * 2 ** 32) | 0);
}
