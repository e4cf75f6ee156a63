import { basename, dirname, join } from "node:path";
import { ComfydockError, fileError, temporaryBeside } from "../../base/mod.ts";
import { toolErrors } from "../errors.ts";
import { UV_EXECUTABLE } from "./find.ts";

const LIMITS = { maxBytes: 512 * 1024 ** 2, maxEntries: 2_000 };

/** The SHA-256 of bytes in lower-case hexadecimal. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Takes the executable out of a wheel or a release archive and puts it in its place, whole or not at all.
 *
 * @param archive A file whose digest was checked.
 * @param target Where the executable belongs; its directory is made.
 * @throws `TOOL_FAILED` when the archive has no uv, and what `unpackArchive` throws.
 */
export async function installUvFrom(
  archive: string,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const directory = dirname(target);
  const staging = temporaryBeside(directory);
  // Whoever has uv already shall not wait for what reads archives.
  const { unpackArchive } = await import("../../archive/mod.ts");
  try {
    const entries = await unpackArchive(archive, staging, {
      limits: LIMITS,
      signal,
      select: ({ path, kind }) => kind === "file" && basename(path) === UV_EXECUTABLE,
    });
    if (entries.length !== 1) {
      throw new ComfydockError(
        toolErrors.TOOL_FAILED,
        `Cannot take uv out of "${basename(archive)}": ${entries.length} files are called uv`,
      );
    }
    const executable = join(staging, ...entries[0]!.path.split("/"));
    if (Deno.build.os !== "windows") await Deno.chmod(executable, 0o755);
    await Deno.mkdir(directory, { recursive: true });
    await Deno.rename(executable, target);
  } catch (error) {
    throw fileError("Cannot write", target, error);
  } finally {
    await removeIfThere(staging);
  }
}

/** Removes a directory that may not exist. */
export async function removeIfThere(directory: string): Promise<void> {
  try {
    await Deno.remove(directory, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      throw fileError("Cannot remove", directory, error);
    }
  }
}
