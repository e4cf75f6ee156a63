import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ComfydockError } from "../../../src/base/mod.ts";
import { createBlake3, hashFile, hashFiles } from "../../../src/models/hashing/mod.ts";
import { projectRoot } from "../../../tasks/run_deno.ts";
import { withTempDir } from "../../support/alone.ts";
import { patternBytes, writeSparseFile } from "../../support/hashing_files.ts";

const MIB = 1024 ** 2;
const door = pathToFileURL(join(projectRoot, "src", "models", "hashing", "mod.ts")).href;

Deno.test("every file is told once with both digests and all its bytes, small and large in any order", async () => {
  await withTempDir(async (directory) => {
    const sizes = Array.from({ length: 400 }, (_, at) => at % 80 === 17 ? at * 20_000 : at * 97);
    const expected = await Promise.all(sizes.map(async (size, at) => {
      const content = patternBytes(size).fill(at % 256, 0, 1);
      const path = join(directory, `${at}.bin`);
      await Deno.writeFile(path, content);
      const digest = createBlake3();
      digest.update(content);
      const sha256 = createHash("sha256").update(content).digest("hex");
      return { path, size, blake3: digest.finish(), sha256 };
    }));
    const byPath = (left: { path: string }, right: { path: string }) =>
      left.path < right.path ? -1 : 1;
    expected.sort(byPath);
    let told = 0;
    const options = { sha256: true, workers: 2, onBytes: (bytes: number) => void (told += bytes) };
    const found = await Array.fromAsync(hashFiles(expected.map(({ path }) => path), options));
    assert.deepEqual(found.sort(byPath), expected);
    assert.equal(told, sizes.reduce((sum, size) => sum + size, 0));
  });
});

Deno.test("an abort ends hashing at once with INTERRUPTED", async () => {
  await withTempDir(async (directory) => {
    const path = join(directory, "large.bin");
    await writeSparseFile(path, 640 * MIB);
    const isInterrupted = (error: unknown) =>
      error instanceof ComfydockError && error.code === "INTERRUPTED";
    const stop = new AbortController();
    let told = 0;
    const onBytes = (bytes: number) => {
      told += bytes;
      stop.abort();
    };
    await assert.rejects(hashFile(path, { signal: stop.signal, onBytes }), isInterrupted);
    assert.ok(told < 320 * MIB, `${told} bytes were still hashed`);
    await assert.rejects(hashFile(path, { signal: stop.signal }), isInterrupted);
  });
});

const endings: readonly (readonly [string, string])[] = [
  ["all is hashed", "for await (const found of hashFiles([path])) console.log(found.size);"],
  [
    "nobody reads on",
    "for await (const found of hashFiles(paths)) { console.log(found.size); break; }",
  ],
  [
    "it was aborted",
    "const stop = new AbortController(); hashFile(path, { signal: stop.signal, onBytes: () => stop.abort() }).catch(() => console.log(size));",
  ],
];
for (const [when, script] of endings) {
  Deno.test(`no Worker keeps a process alive when ${when}`, async () => {
    await withTempDir(async (directory) => {
      const path = join(directory, "large.bin");
      const size = 96 * MIB;
      await writeSparseFile(path, size);
      const program = `import { hashFile, hashFiles } from ${JSON.stringify(door)};
        const path = ${JSON.stringify(path)}; const size = ${size};
        function* paths() { for (;;) yield path; }
        ${script.replace("(paths)", "(paths())")}`;
      const file = join(directory, "program.ts");
      await Deno.writeTextFile(file, program);
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--quiet",
          "--no-check",
          "-A",
          `--config=${join(projectRoot, "deno.json")}`,
          file,
        ],
        signal: AbortSignal.timeout(60_000),
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
      assert.equal(new TextDecoder().decode(stdout), `${size}\n`);
    });
  });
}
