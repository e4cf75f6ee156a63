/**
 * Runs command lines one after the other in one process, which loads comfydock once, until one fails.
 *
 * Standard input is a JSON list of lists of words; standard output is a JSON list of what each run left behind.
 */
import { runInProcess } from "./run_in_process.ts";

const lines: string[][] = await new Response(Deno.stdin.readable).json();
const runs = [];
for (const words of lines) {
  const run = await runInProcess(words, { env: Deno.env.toObject() });
  runs.push(run);
  if (run.code === 0) continue;
  // A line that fails must not leave ComfyUI running.
  await runInProcess(["stop"], { env: Deno.env.toObject() });
  break;
}
await new Response(JSON.stringify(runs)).body!.pipeTo(Deno.stdout.writable);
