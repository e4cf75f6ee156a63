/**
 * Hashes a file as often as its second argument says or, without one, whenever options come in on standard input;
 * each time it answers with the milliseconds that it took.
 *
 * A process of its own, because flags of V8 are set when one starts.
 *
 * @module
 */
import { hashFile, type HashOptions } from "../../src/models/mod.ts";

const [path = "", runs] = Deno.args;
if (runs === undefined) {
  for await (const order of Deno.stdin.readable) {
    await answer(JSON.parse(new TextDecoder().decode(order)));
  }
}
for (let run = 0; run < Number(runs ?? 0); run++) await answer({ workers: 2 });

async function answer(options: HashOptions): Promise<void> {
  const started = performance.now();
  await hashFile(path, options);
  await Deno.stdout.write(new TextEncoder().encode(`${performance.now() - started}\n`));
}
