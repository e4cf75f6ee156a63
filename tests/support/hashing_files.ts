import { join } from "node:path";

/** The input of BLAKE3's test vectors: 0, 1, 2 … 250, and again. */
export function patternBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < Math.min(length, 251); at++) bytes[at] = at;
  // What is there already is a whole number of patterns, and doubles.
  for (let done = 251; done < length; done *= 2) bytes.copyWithin(done, 0, done);
  return bytes;
}

/** Writes a file for each size, with the first bytes of one pattern, and returns their paths. */
export async function writePatternFiles(
  directory: string,
  sizes: readonly number[],
): Promise<readonly string[]> {
  const pattern = patternBytes(Math.max(...sizes));
  return await Promise.all(sizes.map(async (size) => {
    const path = join(directory, `${size}.bin`);
    await Deno.writeFile(path, pattern.subarray(0, size));
    return path;
  }));
}

/** Makes a file of zeros that takes no room on most disks. */
export async function writeSparseFile(path: string, size: number): Promise<void> {
  await Deno.writeFile(path, new Uint8Array());
  await Deno.truncate(path, size);
}

/** Digests of files as `b3sum` gives them. */
export async function b3sum(paths: readonly string[]): Promise<readonly string[]> {
  const { success, stdout, stderr } = await new Deno.Command("b3sum", {
    args: ["--no-names", ...paths],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim().split("\n");
}
