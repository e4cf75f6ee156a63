import { fileURLToPath } from "node:url";
import type { HashOptions } from "../../src/models/mod.ts";

/** A process that hashes one file again and again. */
export interface HashingProcess extends AsyncDisposable {
  /** Hashes it once; in milliseconds. */
  run(options: HashOptions): Promise<number>;
}

/** The program that hashes, without the path of a file. */
export const hashingProgram: readonly string[] = [
  ...["run", "-A", "--no-check"],
  fileURLToPath(new URL("hashing_child.ts", import.meta.url)),
];

/** Has the runtime join vectors, as the binary does by itself. */
export const asBinary: Readonly<Record<string, string>> = {
  DENO_V8_FLAGS: "--experimental-wasm-revectorize",
};

/** Starts a process that hashes. */
export function startHashing(path: string, env: Readonly<Record<string, string>>): HashingProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...hashingProgram, path],
    env: { ...env },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const orders = child.stdin.getWriter();
  const answers = child.stdout.getReader();
  return {
    async run(options) {
      await orders.write(new TextEncoder().encode(JSON.stringify(options)));
      const { value } = await answers.read();
      if (!value) throw new Error("The process that hashes has ended");
      return Number(new TextDecoder().decode(value));
    },
    async [Symbol.asyncDispose]() {
      await orders.close();
      await answers.cancel();
      await child.status;
    },
  };
}
