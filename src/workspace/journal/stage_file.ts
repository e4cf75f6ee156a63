import { fileError } from "../../base/mod.ts";

/**
 * Writes a new file to disk, with the mode of the one that it will replace.
 *
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function stageFile(
  path: string,
  content: Uint8Array | string,
  old: Deno.FileInfo | undefined,
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    const file = await Deno.open(path, { write: true, createNew: true });
    try {
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
    } finally {
      file.close();
    }
    const mode = old?.isFile ? old.mode : null;
    if (mode !== null && Deno.build.os !== "windows") await Deno.chmod(path, mode & 0o777);
  } catch (error) {
    throw fileError("Cannot write", path, error);
  }
}
