import assert from "node:assert/strict";
import { join } from "node:path";
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
