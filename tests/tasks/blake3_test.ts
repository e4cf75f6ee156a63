import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { builtKernels } from "../../tasks/blake3/build.ts";
import { signed, unsigned } from "../../tasks/blake3/assembler.ts";
import { projectRoot } from "../../tasks/run_deno.ts";

Deno.test("the kernels that ship are those that their generator makes", async () => {
  for (const [path, built] of builtKernels()) {
    const shipped = await Deno.readFile(join(projectRoot, path));
    assert.deepEqual(built, shipped, `${path} differs; run \`deno task blake3\``);
    assert.ok(WebAssembly.validate(built), path);
  }
});

Deno.test("the plain kernel does without relaxed SIMD", () => {
  const kernels = builtKernels();
  // The swizzle of relaxed SIMD, opcode 0x100.
  const swizzles = (path: string) =>
    Array.from(kernels.get(path)!).join().split([0xfd, ...unsigned(0x100)].join()).length - 1;
  assert.equal(swizzles("data/blake3/plain.wasm"), 0);
  assert.equal(swizzles("data/blake3/relaxed.wasm"), 7 * 8 * 2);
});

/** What both functions of a kernel take; eight at once need a number that eight divide. */
const parameters = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  blocks: fc.integer({ min: 1, max: 16 }),
  lastLength: fc.integer({ min: 0, max: 64 }),
  group: fc.nat(2 ** 29 - 8),
  high: fc.nat(),
  step: fc.constantFrom(0, -1),
  flags: fc.tuple(fc.nat(15), fc.nat(15), fc.nat(15)),
  seed: fc.nat(250),
});
Deno.test("eight inputs at once have the values that they have four at a time", () => {
  for (const [path, built] of builtKernels()) {
    const { memory, hash, hashEight } = new WebAssembly.Instance(new WebAssembly.Module(built))
      .exports as {
        memory: WebAssembly.Memory;
        hash: (...parameters: number[]) => void;
        hashEight: (...parameters: number[]) => void;
      };
    const bytes = new Uint8Array(memory.buffer);
    const [input, four, eight] = [65_536, 4096, 32_768];
    fc.assert(
      fc.property(parameters, ({ count, blocks, lastLength, group, high, step, flags, seed }) => {
        for (let at = 0; at < 48 * 1024; at++) bytes[input + at] = (at * seed + at) % 251;
        const given = [count, 1024, blocks, lastLength, group * 8, high, step, ...flags];
        hash(input, ...given, four);
        hashEight(input, ...given, eight);
        const [expected, found] = [four, eight].map((at) => bytes.slice(at, at + count * 32));
        assert.deepEqual(found, expected, path);
      }),
      { numRuns: 60 },
    );
  }
});

const numbers: readonly (readonly [number, readonly number[], readonly number[]])[] = [
  [0, [0], [0]],
  [63, [63], [63]],
  [64, [64], [0xc0, 0]],
  [127, [127], [0xff, 0]],
  [128, [0x80, 1], [0x80, 1]],
  [624485, [0xe5, 0x8e, 0x26], [0xe5, 0x8e, 0x26]],
];
Deno.test("numbers are written in LEB128 as the specification has it", () => {
  for (const [value, expectedUnsigned, expectedSigned] of numbers) {
    assert.deepEqual(unsigned(value), expectedUnsigned);
    assert.deepEqual(signed(value), expectedSigned);
  }
  assert.deepEqual(signed(-1), [0x7f]);
  assert.deepEqual(signed(-123456), [0xc0, 0xbb, 0x78]);
});
