/** What a finished process took. */
export interface ProcessCost {
  readonly code: number;
  readonly seconds: number;
  /** The largest resident memory, in MB of a million bytes. */
  readonly peakMb: number;
  /** What it had the disk write, in GB of a thousand million bytes. */
  readonly writtenGb: number;
}

/**
 * Runs a process and measures its time, memory and writing; the last two are read from Linux's `/proc` while it runs.
 *
 * @param signal Ends it with SIGKILL.
 */
export async function costOf(
  program: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<ProcessCost> {
  const started = performance.now();
  const child = new Deno.Command(program, { args: [...args], stdout: "null", stderr: "null" })
    .spawn();
  const kill = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", kill, { once: true });
  let peakMb = 0;
  let writtenGb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, numberIn(`/proc/${child.pid}/status`, /VmHWM:\s+(\d+)/) * 1024 / 1e6);
    writtenGb = Math.max(
      writtenGb,
      numberIn(`/proc/${child.pid}/io`, /^write_bytes: (\d+)/m) / 1e9,
    );
  }, 20);
  const { code } = await child.status;
  clearInterval(watch);
  signal?.removeEventListener("abort", kill);
  return { code, seconds: (performance.now() - started) / 1000, peakMb, writtenGb };
}

function numberIn(path: string, pattern: RegExp): number {
  try {
    return Number(pattern.exec(Deno.readTextFileSync(path))?.[1] ?? 0);
  } catch {
    // The process has just ended; what was read before counts.
    return 0;
  }
}
