/**
 * Builds the BLAKE3 kernels `data/blake3/*.wasm` from their generator; the same sources give the same bytes.
 *
 * @example
 * ```sh
 * deno task blake3
 * ```
 *
 * @module
 */
import { join } from "node:path";
import { projectRoot } from "../run_deno.ts";
import { say } from "../terminal.ts";
import { generateKernel } from "./kernel.ts";

/** What the project ships: path below its root to content. */
export function builtKernels(): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  return new Map([
    ["data/blake3/relaxed.wasm", generateKernel("relaxed")],
    ["data/blake3/plain.wasm", generateKernel("plain")],
  ]);
}

if (import.meta.main) {
  await Deno.mkdir(join(projectRoot, "data", "blake3"), { recursive: true });
  for (const [path, content] of builtKernels()) {
    await Deno.writeFile(join(projectRoot, path), content);
    say(`Built ${path} (${content.length} bytes)`);
  }
}
