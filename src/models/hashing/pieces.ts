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
  // Where finished subtrees, chaining values and input lie; below is what the kernel itself needs.
  const [subtrees, values, input] = [2048, 4096, 64 * 1024];
  type Hash = (...parameters: number[]) => void;
  const { memory, hash, hashEight } = new WebAssembly.Instance(module).exports as {
    memory: WebAssembly.Memory;
    hash: Hash;
    hashEight: Hash;
  };
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  const buffer = bytes.subarray(input, input + pieceBytes);
  // Subtrees lie side by side, the largest first; the number of pieces in binary says how large they are.
  let [depth, finished, chunk] = [0, 0, 0];
  // Eight inputs at once are tried out on the first pieces and then once in 32 MiB, up to a gigabyte.
  const [firstTrials, lastTrial, betweenTrials] = [8, 40, 128];
  let hashMany = hash;
  let untilTrial = joinsVectors ? 0 : Infinity;
  let tried = 0;
  let [fourTime, eightTime] = [Infinity, Infinity];

  /** Leaves the piece's value at the beginning of the values. */
  function hashPiece(length: number, isRoot: boolean): void {
    const whole = Math.floor(length / chunkBytes);
    const rest = length - whole * chunkBytes;
    const count = whole + (rest > 0 || whole === 0 ? 1 : 0);
    const end = chunkEnd | (isRoot && count === 1 ? root : 0);
    if (whole > 0) {
      const sizes = [whole, chunkBytes, chunkBytes / blockBytes, blockBytes];
      const parameters = [input, ...sizes, ...halves(chunk), -1, 0, chunkStart, end];
      (whole < 8 ? hash : hashMany)(...parameters, values);
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
      hashParents(values, pairs, isRoot && left === 2);
      if (single) bytes.set(single, values + pairs * valueBytes);
    }
  }

  // The runtime joins vectors only in code that it has optimized, which it does meanwhile and by a part that is young:
  // eight at once are used as long as they have been the faster ones by a fifth, and right every time. The shortest
  // times count, because others tell how busy the machine is.
  function tryEight(isRoot: boolean): void {
    const first = chunk;
    const timeWith = (way: Hash) => {
      const started = performance.now();
      [hashMany, chunk] = [way, first];
      hashPiece(pieceBytes, isRoot);
      return performance.now() - started;
    };
    fourTime = Math.min(fourTime, timeWith(hash));
    const expected = bytes.slice(values, values + valueBytes);
    eightTime = Math.min(eightTime, timeWith(hashEight));
    const isRight = expected.every((byte, at) => byte === bytes[values + at]);
    if (!isRight) bytes.set(expected, values);
    hashMany = isRight && eightTime * 5 < fourTime * 4 ? hashEight : hash;
    tried++;
    untilTrial = tried < firstTrials ? 0 : betweenTrials;
    if (!isRight || tried === lastTrial) untilTrial = Infinity;
  }

  function hashNext(length: number, isRoot: boolean): void {
    if (length === pieceBytes && untilTrial-- === 0) tryEight(isRoot);
    else hashPiece(length, isRoot);
  }

  function halves(number: number): readonly [number, number] {
    return [number % 2 ** 32, Math.floor(number / 2 ** 32)];
  }

  /** Parents take the place of their children. */
  function hashParents(children: number, count: number, isRoot: boolean): void {
    const sizes = [count, 2 * valueBytes, 1, blockBytes];
    const parameters = [children, ...sizes, 0, 0, 0, parent, 0, isRoot ? root : 0];
    (count < 8 ? hash : hashMany)(...parameters, children);
  }

  const nextSubtree = () => subtrees + valueBytes * depth;

  function joinLastSubtrees(isRoot: boolean): void {
    depth--;
    hashParents(nextSubtree() - valueBytes, 1, isRoot);
  }

  function push(place: () => void): void {
    place();
    depth++;
    finished++;
    for (let size = finished; size % 2 === 0; size /= 2) joinLastSubtrees(false);
  }

  function endWith(place: () => void, isRoot: boolean): Uint8Array {
    place();
    depth++;
    while (depth > 1) joinLastSubtrees(isRoot && depth === 2);
    return bytes.slice(subtrees, subtrees + valueBytes);
  }

  function begin(first: number): void {
    depth = finished = 0;
    chunk = first;
  }

  const placePiece = () => void bytes.copyWithin(nextSubtree(), values, values + valueBytes);

  return {
    buffer,
    begin,
    push() {
      hashNext(pieceBytes, false);
      push(placePiece);
    },
    end(length, isRoot) {
      hashNext(length, isRoot && depth === 0);
      return endWith(placePiece, isRoot);
    },
    join(ranges) {
      begin(0);
      const place = (range: Uint8Array) => () => bytes.set(range, nextSubtree());
      for (const range of ranges.slice(0, -1)) push(place(range));
      return endWith(place(ranges[ranges.length - 1]!), true);
    },
  };
}
