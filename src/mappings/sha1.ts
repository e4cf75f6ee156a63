const schedule = new Int32Array(80);
const block = new Uint8Array(64);

/**
 * The first 32 bits of a SHA-1 digest, as 8 hex digits (FIPS 180-4).
 *
 * Signatures are short and many: this takes a third of the time of the runtime's own, whose loading alone would be felt
 * at the start of every lookup. It guards nothing.
 *
 * @param bytes Holds the message at its beginning.
 * @param length How many bytes the message has.
 */
export function shortSha1(bytes: Uint8Array, length: number = bytes.length): string {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const whole = length - length % 64;
  for (let at = 0; at < whole; at += 64) mix(state, bytes, at);
  block.fill(0);
  for (let at = whole; at < length; at++) block[at - whole] = bytes[at]!;
  block[length - whole] = 0x80;
  if (length - whole >= 56) {
    mix(state, block, 0);
    block.fill(0);
  }
  // Messages here are far below the 2^29 bytes at which the length in bits would need more than 32 bits.
  for (let at = 0; at < 4; at++) block[63 - at] = (length * 8) >>> (at * 8);
  mix(state, block, 0);
  return (state[0]! >>> 0).toString(16).padStart(8, "0");
}

function mix(state: Int32Array, bytes: Uint8Array, start: number): void {
  for (let word = 0; word < 16; word++) {
    const at = start + word * 4;
    schedule[word] = bytes[at]! << 24 | bytes[at + 1]! << 16 | bytes[at + 2]! << 8 | bytes[at + 3]!;
  }
  for (let word = 16; word < 80; word++) {
    const sum = schedule[word - 3]! ^ schedule[word - 8]! ^ schedule[word - 14]! ^
      schedule[word - 16]!;
    schedule[word] = sum << 1 | sum >>> 31;
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!, e = state[4]!;
  // Four loops and no choice within them: that is what makes it fast.
  for (let word = 0; word < 20; word++) {
    const next = (a << 5 | a >>> 27) + (b & c | ~b & d) + e + 0x5a827999 + schedule[word]! | 0;
    e = d, d = c, c = b << 30 | b >>> 2, b = a, a = next;
  }
  for (let word = 20; word < 40; word++) {
    const next = (a << 5 | a >>> 27) + (b ^ c ^ d) + e + 0x6ed9eba1 + schedule[word]! | 0;
    e = d, d = c, c = b << 30 | b >>> 2, b = a, a = next;
  }
  for (let word = 40; word < 60; word++) {
    const next = (a << 5 | a >>> 27) + (b & c | b & d | c & d) + e + 0x8f1bbcdc + schedule[word]! |
      0;
    e = d, d = c, c = b << 30 | b >>> 2, b = a, a = next;
  }
  for (let word = 60; word < 80; word++) {
    const next = (a << 5 | a >>> 27) + (b ^ c ^ d) + e + 0xca62c1d6 + schedule[word]! | 0;
    e = d, d = c, c = b << 30 | b >>> 2, b = a, a = next;
  }
  state[0] = state[0]! + a | 0;
  state[1] = state[1]! + b | 0;
  state[2] = state[2]! + c | 0;
  state[3] = state[3]! + d | 0;
  state[4] = state[4]! + e | 0;
}
