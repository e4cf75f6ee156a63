import { baseErrors, isKind, readTextBounded } from "../base/mod.ts";

/**
 * The text of a small file; nothing where there is none that can be read, be it a device or too large.
 *
 * @param maxBytes Longer files are passed over.
 */
export async function textIfThere(path: string, maxBytes: number): Promise<string | undefined> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (!info?.isFile) return undefined;
  try {
    return await readTextBounded(path, maxBytes);
  } catch (error) {
    const { FILE_TOO_LARGE, FILE_UNREADABLE, FILE_NOT_FOUND } = baseErrors;
    const passed = [FILE_TOO_LARGE, FILE_UNREADABLE, FILE_NOT_FOUND];
    if (passed.some((kind) => isKind(error, kind))) return undefined;
    throw error;
  }
}
