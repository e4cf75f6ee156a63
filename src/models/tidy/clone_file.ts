import { ComfydockError } from "../../base/mod.ts";
import { command, type CommandRunner, type CommandSpec, ProcessError } from "../../tools/mod.ts";
import { modelErrors } from "../errors.ts";

/** What copies that share their bytes are made with. */
export interface Cloning {
  readonly runner: CommandRunner;
  readonly signal?: AbortSignal;
}

/** The command line of a copy that shares its bytes, or none where the system has no such command. */
export function cloneCommand(
  from: string,
  to: string,
  os: typeof Deno.build.os = Deno.build.os,
): CommandSpec | undefined {
  if (os === "darwin") return command({ program: "cp", args: ["-c", from, to] });
  if (os === "windows") return undefined;
  return command({ program: "cp", args: ["--reflink=always", "--", from, to] });
}

/**
 * Makes a copy that shares its bytes until one of both is written; times and mode are those of `like`.
 *
 * Btrfs, XFS, bcachefs and APFS can do that.
 *
 * @throws `MODEL_CLONE_UNSUPPORTED`, `TOOL_MISSING`, `INTERRUPTED`
 */
export async function cloneFile(
  from: string,
  to: string,
  like: string,
  { runner, signal }: Cloning,
): Promise<void> {
  const spec = cloneCommand(from, to);
  try {
    if (!spec) throw unsupported(from);
    await runner.run(spec, { signal });
  } catch (error) {
    if (error instanceof ProcessError) throw unsupported(from, error);
    throw error;
  }
  const { atime, mtime, mode } = await Deno.stat(like);
  if (mtime) await Deno.utime(to, atime ?? mtime, mtime);
  if (mode !== null && Deno.build.os !== "windows") await Deno.chmod(to, mode & 0o7777);
}

function unsupported(path: string, cause?: unknown): ComfydockError {
  return new ComfydockError(
    modelErrors.MODEL_CLONE_UNSUPPORTED,
    `Cannot make a copy of "${path}" that shares its bytes: this file system does not do that`,
    { hint: "Leave --reflink out, so that files become hard links", details: { path }, cause },
  );
}
