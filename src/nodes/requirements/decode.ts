/** What a text file of unknown origin is written in. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "latin-1";

/**
 * Reads a text as the tools that make requirements files write it: UTF-8, UTF-16 (PowerShell's `>`), else Latin-1.
 *
 * @param bytes The whole file; a byte order mark decides, without one the places of zero bytes.
 * @returns The text without its byte order mark, and how it was read.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } {
  const wide = wideEncoding(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: wide };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    // Every sequence of bytes is Latin-1; mostly only a comment has such letters.
    return { text: new TextDecoder("latin1").decode(bytes), encoding: "latin-1" };
  }
}

function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const start = bytes.subarray(0, 512);
  const zeros = [0, 0];
  start.forEach((byte, at) => byte === 0 && zeros[at % 2]!++);
  const [even, odd] = zeros as [number, number];
  const most = start.length * 0.4;
  if (odd > most && even === 0) return "utf-16le";
  return even > most && odd === 0 ? "utf-16be" : undefined;
}
