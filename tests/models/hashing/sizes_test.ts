import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { blake3 } from "@noble/hashes/blake3.js";
import { hashFiles, type HashingKernel } from "../../../src/models/hashing/mod.ts";
import { projectRoot } from "../../../tasks/run_deno.ts";
import { withTempDir } from "../../support/alone.ts";
import { b3sum, patternBytes, writePatternFiles } from "../../support/hashing_files.ts";

const door = pathToFileURL(join(projectRoot, "src", "models", "hashing", "mod.ts")).href;
const KIB = 1024;
const MIB = 1024 * KIB;
const BLOCK = 64;
/** What the reading buffer holds, what goes to no Worker, and what goes to one Worker at a time. */
const [PIECE, INLINE, RANGE] = [256 * KIB, 8 * MIB, 16 * MIB];

const around = (size: number) => [size - 1, size, size + 1];
const sizes = [
  ...[0, 1, 2, 31, 32],
  ...around(BLOCK),
  ...[KIB, 2 * KIB, 3 * KIB, 4 * KIB, 5 * KIB, 6 * KIB, 8 * KIB, 16 * KIB].flatMap(around),
  ...[4 * KIB + BLOCK, 7 * KIB + 100, 31 * KIB, 100 * KIB, 127 * KIB + 65],
  ...[PIECE, 2 * PIECE, 3 * PIECE].flatMap(around),
  ...[PIECE - KIB, PIECE + KIB, PIECE + 5 * KIB + 7, 5 * PIECE - 3],
  ...around(INLINE),
  ...[RANGE, 2 * RANGE].flatMap(around),
  ...[RANGE + PIECE, RANGE + PIECE + 1, 2 * RANGE - KIB, 3 * RANGE, 3 * RANGE + 12_345],
];

async function digestsOf(
  paths: readonly string[],
  kernel: HashingKernel,
): Promise<readonly (string | undefined)[]> {
  const found = new Map<string, string>();
  for await (const digest of hashFiles(paths, { kernel, workers: 2 })) {
    assert.ok("blake3" in digest, JSON.stringify(digest));
    found.set(digest.path, digest.blake3);
  }
  return paths.map((path) => found.get(path));
}

Deno.test("files of 64 sizes round every boundary have the digests that b3sum and noble give", async () => {
  assert.equal(new Set(sizes).size, 64);
  await withTempDir(async (directory) => {
    const paths = await writePatternFiles(directory, sizes);
    const expected = await b3sum(paths);
    for (const kernel of ["relaxed", "plain"] satisfies HashingKernel[]) {
      assert.deepEqual(await digestsOf(paths, kernel), expected, kernel);
    }
    // JavaScript alone is slow, as an oracle and as what steps in.
    const few = sizes.flatMap((size, at) => size <= PIECE + 1 ? [at] : []);
    const small = few.map((at) => paths[at]!);
    const oracle = few.map((at) =>
      blake3(patternBytes(sizes[at]!)).reduce(
        (hex, byte) => hex + byte.toString(16).padStart(2, "0"),
        "",
      )
    );
    assert.deepEqual(few.map((at) => expected[at]), oracle);
    assert.deepEqual(await digestsOf(small, "noble"), oracle);
  });
});

Deno.test("digests are the same where the runtime joins vectors, from the first piece to the last", async () => {
  await withTempDir(async (directory) => {
    const sizes = [INLINE, 5 * RANGE, 6 * RANGE + 3 * PIECE + 1];
    const paths = await writePatternFiles(directory, sizes);
    const program = join(directory, "program.ts");
    await Deno.writeTextFile(
      program,
      `import { createBlake3, hashFile, hashFiles } from ${JSON.stringify(door)};
       for (const path of Deno.args) {
         const digest = createBlake3();
         digest.update(await Deno.readFile(path));
         console.log(digest.finish(), (await hashFile(path, { workers: 1 })).blake3);
       }`,
    );
    const config = `--config=${join(projectRoot, "deno.json")}`;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", "-A", config, program, ...paths],
      env: { DENO_V8_FLAGS: "--experimental-wasm-revectorize" },
    }).output();
    const expected = (await b3sum(paths)).map((digest) => `${digest} ${digest}\n`).join("");
    assert.equal(new TextDecoder().decode(stdout), expected, new TextDecoder().decode(stderr));
  });
});

Deno.test("a file alone has the same digest, whoever hashes it", async () => {
  const size = 2 * RANGE + PIECE + 3;
  await withTempDir(async (directory) => {
    const paths = await writePatternFiles(directory, [size]);
    const expected = await b3sum(paths);
    for (const workers of [1, 2, 3]) {
      for await (const digest of hashFiles(paths, { workers })) {
        assert.deepEqual(digest, { path: paths[0], size, blake3: expected[0] });
      }
    }
  });
});
