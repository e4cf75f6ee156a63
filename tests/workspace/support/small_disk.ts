import { projectRoot } from "../../../tasks/run_deno.ts";
import { pythonProgram } from "../../support/python_program.ts";

/**
 * Runs a test in a directory that holds about one megabyte: a file system of its own where the user may mount one.
 *
 * @returns Whether that could be had.
 */
export async function withSmallDisk(work: (directory: string) => Promise<void>): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  const directory = await Deno.makeTempDir({ prefix: "comfydock-small-" });
  const mounted = await succeeds("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", directory]);
  try {
    if (mounted) await work(directory);
  } finally {
    // Between fork and exec a program that another test starts holds all open files, and with them the disk.
    if (mounted) await succeeds("umount", ["-l", directory]);
    await Deno.remove(directory, { recursive: true });
  }
  return mounted;
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  try {
    const command = new Deno.Command(program, { args: [...args], stdout: "null", stderr: "null" });
    return (await command.output()).success;
  } catch {
    return false;
  }
}

/**
 * Runs a program of this directory in a process whose files cannot grow beyond a size; needs no rights, and not Windows.
 *
 * The limit is `RLIMIT_FSIZE`; its signal is ignored, so that writes fail as they do on a full disk.
 */
export async function runWithSmallFiles(
  program: string,
  args: readonly string[],
  maxBytes: number,
): Promise<string> {
  const script = "import os, resource, signal, sys\n" +
    "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" +
    "limit = int(sys.argv[1])\n" +
    "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n" +
    "os.execvp(sys.argv[2], sys.argv[2:])\n";
  const deno = [Deno.execPath(), "run", "-A", "--no-check", "--cached-only"];
  const path = `tests/workspace/support/${program}`;
  const { stdout, stderr } = await new Deno.Command(await pythonProgram(), {
    args: ["-c", script, `${maxBytes}`, ...deno, path, ...args],
    cwd: projectRoot,
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout) || new TextDecoder().decode(stderr);
}
