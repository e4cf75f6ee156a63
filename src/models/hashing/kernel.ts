import { readAssetSync } from "../../base/mod.ts";
import { createNobleHasher } from "./noble.ts";
import { createPieceHasher } from "./pieces.ts";
import type { HashingKernel, PieceHasher } from "./types.ts";

const modules = new Map<HashingKernel, WebAssembly.Module | undefined>();

/**
 * The module of a kernel.
 *
 * @param kernel Default the fastest that the runtime can.
 * @returns `undefined` when JavaScript alone must do.
 */
export function kernelModule(kernel?: HashingKernel): WebAssembly.Module | undefined {
  if (kernel === undefined) return kernelModule("relaxed") ?? kernelModule("plain");
  if (!modules.has(kernel)) modules.set(kernel, compile(kernel));
  return modules.get(kernel);
}

function compile(kernel: HashingKernel): WebAssembly.Module | undefined {
  if (kernel === "noble") return undefined;
  const bytes = readAssetSync(`data/blake3/${kernel}.wasm`);
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}

/** A hasher for the calling thread. */
export function createHasher(kernel?: HashingKernel): PieceHasher {
  const module = kernelModule(kernel);
  return module ? createPieceHasher(module, joinsVectors()) : createNobleHasher();
}

/**
 * Tells whether the runtime was asked to join pairs of vectors, as the binary is by `tasks/compile.ts`.
 *
 * Flags of V8 cannot be asked for; who runs the sources sets them in the variable `DENO_V8_FLAGS`.
 */
export function joinsVectors(): boolean {
  if (Deno.build.arch !== "x86_64") return false;
  const variable = "DENO_V8_FLAGS";
  return Deno.build.standalone ||
    Deno.permissions.querySync({ name: "env", variable }).state === "granted" &&
      (Deno.env.get(variable) ?? "").includes("revectorize");
}
