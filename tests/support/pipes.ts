/**
 * Runs work with the path of a pipe as a shell's `<(…)` makes it, which someone filled and closed; for Linux.
 *
 * @param text At most what a pipe holds, 64 KiB.
 */
export async function withFilledPipe(
  text: string,
  work: (path: string) => unknown,
): Promise<void> {
  // The program that holds the pipe's other end never reads it.
  const holder = new Deno.Command("sleep", {
    args: ["60"],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    const writer = holder.stdin.getWriter();
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
    await work(`/proc/${holder.pid}/fd/0`);
  } finally {
    holder.kill("SIGKILL");
    await holder.status;
  }
}
