import { decodeText } from "../repository/mod.ts";
import type { FileChange } from "./types.ts";

/**
 * A change of a text file, or nothing where both texts are the same.
 *
 * @param before Absent where the file is new.
 */
export function textChange(path: string, before: string | undefined, after: string): FileChange[] {
  if (before === after) return [];
  const encoder = new TextEncoder();
  const old = before === undefined ? undefined : encoder.encode(before);
  return [{ path, before: old, after: encoder.encode(after) }];
}

/** The text of one side of a change, or nothing where it is not text. */
export function textOf(content: Uint8Array | undefined): string | undefined {
  try {
    const text = decodeText(content ?? new Uint8Array());
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
