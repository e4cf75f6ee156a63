import { command } from "./command.ts";
import type { CommandRunner } from "./types.ts";

/**
 * Reads what tells a process from a later one with the same number: when it was started, as the system keeps it.
 *
 * Linux: boot and field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; elsewhere `ps`; on Windows,
 * where neither exists, the name of its program.
 *
 * @param pid Number of the process.
 * @param runner Runs `cat`, `ps` or `tasklist`.
 * @returns `undefined` when there is no such process, or when it has ended and only waits to be asked for its code.
 * @throws `TOOL_MISSING`, `TOOL_FAILED`, `INTERRUPTED`
 */
export function readProcessMark(pid: number, runner: CommandRunner): Promise<string | undefined> {
  if (Deno.build.os === "linux") return readLinuxMark(pid, runner);
  return Deno.build.os === "windows" ? readWindowsMark(pid, runner) : readPosixMark(pid, runner);
}

// The runtime opens what lies below /proc only to programs that may do everything, hence `cat`.
async function readLinuxMark(pid: number, runner: CommandRunner): Promise<string | undefined> {
  const args = ["/proc/sys/kernel/random/boot_id", `/proc/${pid}/stat`];
  const { stdout } = await runner.run(command({ program: "cat", args }), { accept: [1] });
  const [boot = "", stat = ""] = stdout.split("\n");
  // The program's name, in parentheses, may itself hold blanks, parentheses and line ends.
  const fields = stdout.slice(stdout.lastIndexOf(")") + 2).trim().split(" ");
  const state = fields[0];
  return stat === "" || state === "Z" || state === "X" ? undefined : `${boot}:${fields[19]}`;
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
