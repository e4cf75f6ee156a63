import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { openDigests } from "../../../src/templates/digests/mod.ts";
import { workingFiles } from "../../../src/templates/mod.ts";
import {
  differenceHash,
  findAlike,
  hashPictures,
  type Pixels,
} from "../../../src/templates/pictures/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { readPicture } from "../../support/templates/shown_pictures.ts";

/** Draws slopes and a disc; other numbers draw another picture. */
function drawing(
  width: number,
  height: number,
  [a, b, c]: readonly [number, number, number],
): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width / width, Math.floor(at / width) / height];
    const disc = Math.hypot(x - a, y - b) < 0.3 ? 120 : 0;
    data.set([255 * Math.abs(Math.sin(x * 3 + c * 6)) - disc, 200 * y, disc, 255], at * 4);
  }
  return { width, height, data };
}

Deno.test("a picture looks alike in other sizes and with noise, and unlike another one", () => {
  const one = drawing(320, 240, [0.3, 0.4, 0.1]);
  const noisy = {
    ...one,
    data: Uint8ClampedArray.from(
      one.data as Uint8ClampedArray,
      (value, at) => at % 4 === 3 ? 255 : value + (at * 7919 % 7) - 3,
    ),
  };
  const hashes = new Map([
    ["one", differenceHash(one)!],
    ["small", differenceHash(drawing(64, 48, [0.3, 0.4, 0.1]))!],
    ["noisy", differenceHash(noisy)!],
    ["other", differenceHash(drawing(320, 240, [0.7, 0.6, 0.6]))!],
  ]);
  const names = findAlike(hashes, 6).map((pair) => pair.names.join(" ")).sort();
  deepEqual(names, ["one noisy", "one small", "small noisy"]);
});

Deno.test("a picture of one colour has no hash, and one of a single pixel none either", () => {
  const plain = (width: number, height: number): Pixels => ({
    ...{ width, height },
    data: new Uint8ClampedArray(width * height * 4).fill(200),
  });
  equal(differenceHash(plain(40, 30)), undefined);
  equal(differenceHash(plain(1, 1)), undefined);
});

Deno.test("every pair within the distance is found, and no other", () => {
  const hex = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(fc.array(hex, { maxLength: 12 }), fc.nat(80), (hashes, most) => {
      const all = new Map(hashes.map((hash, at) => [at, hash.toHex()]));
      const bits = (left: number, right: number) =>
        [...hashes[left]!].reduce(
          (sum, byte, at) =>
            sum + (byte ^ hashes[right]![at]!).toString(2).replaceAll("0", "").length,
          0,
        );
      const wanted = hashes.flatMap((_, right) =>
        hashes.slice(0, right).flatMap((__, left) =>
          bits(left, right) <= most ? [`${left} ${right} ${bits(left, right)}`] : []
        )
      );
      const found = findAlike(all, most).map(({ names, distance }) =>
        `${names.join(" ")} ${distance}`
      );
      deepEqual(found.sort(), wanted.sort());
    }),
    { seed: 20_251 },
  );
});

Deno.test("what a picture looks like is kept: the second time no picture is read", async () => {
  await using fixture = await templateRepository("seed");
  const paths = ["templates/api_a-1.webp", "templates/img_a-1.webp", "templates/gone-1.webp"];
  await fixture.write(paths[0]!, await readPicture("still.webp"));
  await fixture.write(paths[1]!, (await readPicture("still.webp")).slice(0, 90));
  const files = workingFiles(fixture.root);
  const first = await openDigests(fixture.root);
  const hashes = await hashPictures(files, first, paths);
  deepEqual([...hashes.values()].map(({ kind }) => kind), ["hash", "broken"]);
  await first.save();
  const unread = { ...files, read: () => Promise.reject(new Error("read again")) };
  const again = await hashPictures(unread, await openDigests(fixture.root), paths);
  deepEqual(again, hashes);
});

Deno.test("thousands of pictures are compared in a moment", () => {
  const hashes = new Map(
    Array.from(
      { length: 1500 },
      (_, at) => [at, crypto.getRandomValues(new Uint8Array(16)).toHex()],
    ),
  );
  const start = performance.now();
  findAlike(hashes, 6);
  ok(performance.now() - start < 2_000);
});
