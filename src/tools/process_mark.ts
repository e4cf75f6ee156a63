import { fileError } from "../base/mod.ts";
import { command } from "./command.ts";
import type { CommandRunner } from "./types.ts";

const BOOT_ID = "/proc/sys/kernel/random/boot_id";

/**
 * Reads what tells a process from a later one with the same number: when it was started, as the system keeps it.
 *
 * Linux: boot and field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; elsewhere `ps`; on Windows,
 * where neither exists, the name of its program.
 *
 * @param pid Number of the process.
 * @param runner Runs `ps` or `tasklist`.
 * @returns `undefined` when there is no such process, or when it has ended and only waits to be asked for its code.
 * @throws `FILE_UNREADABLE`, `TOOL_MISSING`, `TOOL_FAILED`, `INTERRUPTED`
 */
export function readProcessMark(pid: number, runner: CommandRunner): Promise<string | undefined> {
  if (Deno.build.os === "linux") return readLinuxMark(pid);
  return Deno.build.os === "windows" ? readWindowsMark(pid, runner) : readPosixMark(pid, runner);
}

async function readLinuxMark(pid: number): Promise<string | undefined> {
  const path = `/proc/${pid}/stat`;
  try {
    const stat = await Deno.readTextFile(path);
    // The program's name, in parentheses, may itself hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).trim().split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${(await Deno.readTextFile(BOOT_ID)).trim()}:${fields[19]}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || isNoProcess(error)) return undefined;
    throw fileError("Cannot read", path, error);
  }
}

/** A process that ends while its file is being read. */
function isNoProcess(error: unknown): boolean {
  return error instanceof Error && /os error 3\b|ESRCH|no such process/i.test(error.message);
}

async function readPosixMark(pid: number, runner: CommandRunner): Promise<string | undefined> {
  const args = ["-o", "stat=", "-o", "lstart=", "-p", String(pid)];
  const { stdout } = await runner.run(
    command({ program: "ps", args, env: { LC_ALL: "C", TZ: "UTC" } }),
    {
      accept: [1],
    },
  );
  const [state = "", ...started] = stdout.trim().split(/\s+/);
  return state === "" || state.startsWith("Z") ? undefined : started.join(" ");
}

async function readWindowsMark(pid: number, runner: CommandRunner): Promise<string | undefined> {
  const args = ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"];
  const { stdout } = await runner.run(command({ program: "tasklist", args }), { accept: [1] });
  return /^"([^"]+)","\d+"/m.exec(stdout)?.[1]?.toLowerCase();
}
