import assert from "node:assert/strict";
import { join } from "node:path";
import { readPieces, writePacked } from "../../src/base/mod.ts";
import { withTempDir } from "../support/alone.ts";

const SIZE = 3_000_001;

Deno.test("a file that is read by pieces, ahead or not, and written comes out as it was", async () => {
  await withTempDir(async (directory) => {
    const source = join(directory, "source");
    const content = new Uint8Array(SIZE).map((_, at) => at * 31 >> 3);
    await Deno.writeFile(source, content);
    for (
      const options of [{}, { ahead: true }, { bytes: 1000, ring: 3 }, { ahead: true, bytes: 7777 }]
    ) {
      using file = await Deno.open(source);
      const target = join(directory, "target");
      assert.equal(await writePacked(target, readPieces(file, options)), SIZE);
      assert.deepEqual(await Deno.readFile(target), content, JSON.stringify(options));
    }
  });
});

Deno.test("who stops reading ahead may close the file at once, and what fails is told", async () => {
  await withTempDir(async (directory) => {
    const source = join(directory, "source");
    await Deno.writeFile(source, new Uint8Array(SIZE));
    {
      using file = await Deno.open(source);
      for await (const piece of readPieces(file, { ahead: true })) {
        assert.equal(piece.length, 1 << 18);
        break;
      }
    }
    using directoryFile = await Deno.open(directory);
    await assert.rejects(Array.fromAsync(readPieces(directoryFile, { ahead: true })));
    const broken = async function* () {
      yield new Uint8Array(SIZE);
      await Promise.reject(new Error("the source broke"));
    };
    await assert.rejects(writePacked(join(directory, "target"), broken()), /the source broke/);
    assert.deepEqual([...Deno.readDirSync(directory)].map(({ name }) => name), ["source"]);
  });
});
