/** How many bytes of a file are looked at. */
export const HEAD_BYTES = 64;

// The first bytes of each format as its specification has them; `?` stands for any byte.
const SIGNATURES: readonly (readonly [format: string, start: string])[] = [
  ["png", "\x89PNG\r\n\x1a\n"],
  ["jpg", "\xff\xd8\xff"],
  ["gif", "GIF8"],
  ["webp", "RIFF????WEBP"],
  ["wav", "RIFF????WAVE"],
  ["avi", "RIFF????AVI "],
  ["webm", "\x1a\x45\xdf\xa3"],
  ["ogg", "OggS"],
  ["flac", "fLaC"],
  ["mp3", "ID3"],
  ["m4a", "????ftypM4A"],
  ["avif", "????ftypavif"],
  ["heic", "????ftyphei"],
  ["mp4", "????ftyp"],
  ["pdf", "%PDF"],
  ["zip", "PK\x03\x04"],
  ["lfs", "version https://git-lfs"],
  ["html", "<!DOCTYPE"],
  ["html", "<html"],
  ["svg", "<svg"],
];

/** Tells by the first bytes what a file is, or nothing where they say nothing known. */
export function formatOf(head: Uint8Array): string | undefined {
  const matching = SIGNATURES.find(([, start]) =>
    start.length <= head.length &&
    [...start].every((letter, at) => letter === "?" || letter.charCodeAt(0) === head[at])
  );
  // An MP3 without tags begins with a frame: eleven bits set, then a layer that is not reserved.
  const isFrame = head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2;
  return matching?.[0] ?? (isFrame ? "mp3" : undefined);
}
