import assert from "node:assert/strict";
import { join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import { hashFile, hashFiles } from "../../../src/models/hashing/mod.ts";
import { withTempDir } from "../../support/alone.ts";
import { writeSparseFile } from "../../support/hashing_files.ts";

const RANGE = 16 * 1024 ** 2;
const LARGE = 20 * RANGE;

/** Does something to a file that its time does not show. */
function untimed(path: string, change: () => void): void {
  const { mtime } = Deno.statSync(path);
  change();
  Deno.utimeSync(path, mtime!, mtime!);
}

const changes: readonly (readonly [string, (path: string) => void])[] = [
  ["grows", (path) => untimed(path, () => Deno.truncateSync(path, LARGE + 1))],
  ["shrinks", (path) => untimed(path, () => Deno.truncateSync(path, 0))],
  ["vanishes", (path) => Deno.removeSync(path)],
  ["is written", (path) => {
    const file = Deno.openSync(path, { write: true });
    file.writeSync(new Uint8Array([1]));
    file.close();
    Deno.utimeSync(path, 1, 1);
  }],
  ["is replaced", (path) => {
    const other = `${path}.new`;
    Deno.writeFileSync(other, new Uint8Array());
    const { mtime, size } = Deno.statSync(path);
    Deno.truncateSync(other, size);
    Deno.utimeSync(other, mtime!, mtime!);
    Deno.renameSync(other, path);
  }],
];

for (const [what, change] of changes) {
  Deno.test(`a large file that ${what} while it is read is a problem and has no digest`, async () => {
    await withTempDir(async (directory) => {
      const path = join(directory, "large.bin");
      await writeSparseFile(path, LARGE);
      let changed = false;
      const onBytes = () => {
        if (!changed) change(path);
        changed = true;
      };
      const outcomes = await Array.fromAsync(hashFiles([path], { workers: 2, onBytes }));
      assert.deepEqual(outcomes.map((found) => "code" in found && found.code), ["MODEL_CHANGED"]);
      assert.ok(changed);
    });
  });

  Deno.test(`a small file that ${what} before its turn is a problem, and the others go on`, async () => {
    await withTempDir(async (directory) => {
      const [path, other] = [join(directory, "small.bin"), join(directory, "other.bin")];
      await writeSparseFile(path, 100);
      await writeSparseFile(other, 100);
      // Files of one batch have all been looked at before the first is read.
      function* paths(): Generator<string> {
        yield path;
        change(path);
        yield other;
      }
      const found = new Map<string, string>();
      for await (const outcome of hashFiles(paths())) {
        found.set(outcome.path, "code" in outcome ? outcome.code : "hashed");
      }
      assert.deepEqual(Object.fromEntries(found), { [path]: "MODEL_CHANGED", [other]: "hashed" });
    });
  });
}

Deno.test("what is no regular file or not there is a problem of its own, and the others go on", async () => {
  await withTempDir(async (directory) => {
    const file = join(directory, "a.bin");
    await Deno.writeTextFile(file, "abc");
    const missing = join(directory, "missing.bin");
    const device = Deno.build.os === "windows" ? directory : "/dev/zero";
    const codes: Record<string, string> = {};
    for await (const outcome of hashFiles([directory, missing, device, file])) {
      codes[outcome.path] = "code" in outcome ? outcome.code : "hashed";
    }
    assert.deepEqual(codes, {
      [directory]: "MODEL_NOT_A_FILE",
      [missing]: "FILE_NOT_FOUND",
      [device]: "MODEL_NOT_A_FILE",
      [file]: "hashed",
    });
    await assert.rejects(
      hashFile(missing),
      (error) => error instanceof ComfydockError && error.code === "FILE_NOT_FOUND",
    );
  });
});
