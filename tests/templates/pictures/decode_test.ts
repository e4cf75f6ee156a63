import { deepEqual, equal, match, ok } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { readAsset } from "../../../src/base/mod.ts";
import { decodePicture, MOST_PIXELS } from "../../../src/templates/pictures/decode.ts";
import { differenceHash } from "../../../src/templates/pictures/mod.ts";
import { packagedDecoders } from "../../../tasks/picture_decoders.ts";
import { readPicture } from "../../support/templates/shown_pictures.ts";

// One picture, written by Pillow in each way; the animations go on with another one.
const SAME = [
  ...["still.png", "still.webp", "progressive.jpg", "still.gif", "interlaced.gif"],
  ...["animated.webp", "animated.gif"],
];

function formatOf(name: string): string {
  return name.split(".").at(-1)!;
}

Deno.test("one picture in every format has one hash, animations that of their first picture", async () => {
  const hashes = new Set<string | undefined>();
  for (const name of SAME) {
    const { pixels, why } = await decodePicture(await readPicture(name), formatOf(name));
    deepEqual([name, why, pixels?.width, pixels?.height], [name, undefined, 96, 64]);
    hashes.add(pixels && differenceHash(pixels));
  }
  equal(hashes.size, 1);
});

Deno.test("colours of a GIF are those that the picture has, interlaced or not", async () => {
  const colours = async (name: string) => {
    const { pixels } = await decodePicture(await readPicture(name), formatOf(name));
    return Array.from(pixels!.data);
  };
  deepEqual(await colours("interlaced.gif"), await colours("still.gif"));
  const [gif, png] = [await colours("still.gif"), await colours("still.png")];
  const difference = gif.reduce((sum, value, at) => sum + Math.abs(value - png[at]!), 0);
  // The GIF has 32 colours only.
  ok(difference / gif.length < 10, `${difference / gif.length}`);
});

Deno.test("what is transparent counts as white", async () => {
  const { pixels } = await decodePicture(await readPicture("alpha.webp"), "webp");
  const opacities = Array.from(pixels!.data).filter((_, at) => at % 4 === 3);
  ok(Math.min(...opacities) < 20 && Math.max(...opacities) > 235);
});

Deno.test("pictures that are cut off or damaged never stop the decoders", async () => {
  for (const name of [...SAME, "alpha.webp"]) {
    const whole = await readPicture(name);
    const broken = [0, 11, 13, 20, 26, 40, 100, whole.length >> 1, whole.length - 3]
      .map((length) => whole.slice(0, length));
    for (let at = 12; at < whole.length; at += Math.ceil(whole.length / 12)) {
      broken.push(whole.with(at, whole[at]! ^ 0xff) as Uint8Array<ArrayBuffer>);
    }
    for (const file of broken) {
      const { pixels, why } = await decodePicture(file, formatOf(name));
      ok(pixels ? pixels.width * pixels.height <= MOST_PIXELS : why);
    }
    // A decoder works on after what broke it.
    ok((await decodePicture(whole, formatOf(name))).pixels, name);
  }
});

Deno.test("a picture that says that it is huge is refused before room is made for it", async () => {
  const huge = (name: string, bytes: readonly (readonly [at: number, value: number])[]) =>
    readPicture(name).then((file) => {
      for (const [at, value] of bytes) file[at] = value;
      return decodePicture(file, formatOf(name));
    });
  match((await huge("still.png", [[16, 0x7f], [20, 0x7f]])).why!, /are too many/);
  match((await huge("still.webp", [[27, 0x3f], [29, 0x3f]])).why!, /are too many/);
  const frame = (await readPicture("progressive.jpg")).findIndex((byte, at, file) =>
    byte === 0xff && file[at + 1] === 0xc2
  );
  match((await huge("progressive.jpg", [[frame + 5, 0xff], [frame + 7, 0xff]])).why!, /too many/);
  match((await decodePicture(hugeGif(), "gif")).why!, /too large/);
});

function hugeGif(): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(40);
  file.set(new TextEncoder().encode("GIF89a"));
  file.set([0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0], 13);
  return file;
}

Deno.test("the decoders that are shipped are those of the packages", async () => {
  for (const [name, content] of await packagedDecoders()) {
    const shipped = gunzipSync(await readAsset(`data/pictures/${name}.wasm.gz`));
    ok(shipped.equals(content), `${name}: run deno task picture-decoders`);
  }
});
