import type { PieceHasher } from "./types.ts";

/**
 * Feeds the kernel: leaves and parents of BLAKE3's tree are hashed four at a time, where the input lies.
 *
 * Nothing outside of this function may be used in it, because Workers get it as text.
 *
 * @param module A kernel of `tasks/blake3/`.
 * @param joinsVectors Set where eight inputs at once may be faster than four; it is tried out on the first pieces.
 */
export function createPieceHasher(module: WebAssembly.Module, joinsVectors: boolean): PieceHasher {
  const [chunkBytes, blockBytes, valueBytes, pieceBytes] = [1024, 64, 32, 256 * 1024];
  // The flags of the specification, table 3.
  const [chunkStart, chunkEnd, parent, root] = [1, 2, 4, 8];
  // Where chaining values and input lie; below is what the kernel itself needs.
  const [values, triedValues, input] = [4096, 32 * 1024, 64 * 1024];
  type Hash = (...parameters: number[]) => void;
  const { memory, hash, hashEight } = new WebAssembly.Instance(module).exports as {
    memory: WebAssembly.Memory;
    hash: Hash;
    hashEight: Hash;
  };
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  const buffer = bytes.subarray(input, input + pieceBytes);
  // Values of finished subtrees, the largest first; the number of pieces in binary says how large they are.
  const subtrees: Uint8Array[] = [];
  let finished = 0;
  let chunk = 0;
  let hashMany = hash;
  let trials = joinsVectors ? 250 : 0;
  let successes = 0;
  let fourTime = Infinity;

  function pieceValue(length: number, isRoot: boolean): Uint8Array {
    const whole = Math.floor(length / chunkBytes);
    const rest = length - whole * chunkBytes;
    const count = whole + (rest > 0 || whole === 0 ? 1 : 0);
    const end = chunkEnd | (isRoot && count === 1 ? root : 0);
    if (whole > 0) {
      const sizes = [whole, chunkBytes, chunkBytes / blockBytes, blockBytes];
      const parameters = [input, ...sizes, ...halves(chunk), -1, 0, chunkStart, end];
      if (trials > 0 && length === pieceBytes) tryEight(parameters);
      else (whole < 8 ? hash : hashMany)(...parameters, values);
    }
    if (count > whole) {
      const start = input + whole * chunkBytes;
      const restBlocks = Math.max(1, Math.ceil(rest / blockBytes));
      bytes.fill(0, start + rest, start + restBlocks * blockBytes);
      const sizes = [1, 0, restBlocks, rest - (restBlocks - 1) * blockBytes];
      const output = values + whole * valueBytes;
      hash(start, ...sizes, ...halves(chunk + whole), 0, 0, chunkStart, end, output);
    }
    chunk += count;
    for (let left = count; left > 1; left = Math.ceil(left / 2)) {
      const pairs = Math.floor(left / 2);
      // One without a partner goes up as it is; the kernel may write over its place.
      const last = values + 2 * pairs * valueBytes;
      const single = left % 2 === 1 ? bytes.slice(last, last + valueBytes) : undefined;
      hashParents(pairs, isRoot && left === 2);
      if (single) bytes.set(single, values + pairs * valueBytes);
    }
    return bytes.slice(values, values + valueBytes);
  }

  // The runtime joins vectors only in code that it has optimized, and by a part that is young: eight at once are used
  // when they have been faster many times than four ever were, and right every time.
  function tryEight(parameters: readonly number[]): void {
    const started = performance.now();
    hash(...parameters, values);
    const between = performance.now();
    hashEight(...parameters, triedValues);
    const time = performance.now() - between;
    fourTime = Math.min(fourTime, between - started);
    if (time * 5 < fourTime * 4) successes++;
    const size = parameters[1]! * valueBytes;
    const expected = bytes.subarray(values, values + size);
    const isRight = expected.every((byte, at) => byte === bytes[triedValues + at]);
    trials = isRight && successes < 16 ? trials - 1 : 0;
    if (isRight && successes === 16) hashMany = hashEight;
  }

  function halves(number: number): readonly [number, number] {
    return [number % 2 ** 32, Math.floor(number / 2 ** 32)];
  }

  function hashParents(count: number, isRoot: boolean): void {
    const sizes = [count, 2 * valueBytes, 1, blockBytes];
    const parameters = [values, ...sizes, 0, 0, 0, parent, 0, isRoot ? root : 0];
    (count < 8 ? hash : hashMany)(...parameters, values);
  }

  function parentOf(left: Uint8Array, right: Uint8Array, isRoot: boolean): Uint8Array {
    bytes.set(left, values);
    bytes.set(right, values + valueBytes);
    hashParents(1, isRoot);
    return bytes.slice(values, values + valueBytes);
  }

  function pushValue(value: Uint8Array): void {
    let subtree = value;
    finished++;
    for (let size = finished; size % 2 === 0; size /= 2) {
      subtree = parentOf(subtrees.pop()!, subtree, false);
    }
    subtrees.push(subtree);
  }

  function endWith(value: Uint8Array, isRoot: boolean): Uint8Array {
    let tree = value;
    while (subtrees.length > 0) {
      const left = subtrees.pop()!;
      tree = parentOf(left, tree, isRoot && subtrees.length === 0);
    }
    return tree;
  }

  function begin(first: number): void {
    subtrees.length = finished = 0;
    chunk = first;
  }

  return {
    buffer,
    begin,
    push: () => pushValue(pieceValue(pieceBytes, false)),
    end: (length, isRoot) => endWith(pieceValue(length, isRoot && subtrees.length === 0), isRoot),
    join(ranges) {
      begin(0);
      ranges.slice(0, -1).forEach(pushValue);
      return endWith(ranges[ranges.length - 1]!, true);
    },
  };
}
