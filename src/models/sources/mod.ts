/**
 * Where models can be had: understood as people write it, asked for its file, size and digests.
 *
 * @example
 * ```ts
 * import { parseSource, readSourceHosts } from "./mod.ts";
 *
 * const hosts = await readSourceHosts({});
 * const written = parseSource("hf:owner/repository/model.safetensors", hosts);
 * console.assert(written.kind === "source");
 * ```
 *
 * @module
 */
export { findByHash, findManyByHash, type HashLookup } from "./civitai_hashes.ts";
export type { CivitaiFile, CivitaiVersion } from "./civitai_version.ts";
export { gated, serviceName } from "./faults.ts";
export { readSourceHosts } from "./hosts.ts";
export { checkToken, type TokenCheck } from "./check_token.ts";
export { hubUrl } from "./huggingface.ts";
export { parseSource } from "./parse.ts";
export { sizeAtSource } from "./size.ts";
export { isSameSource, resolveSource, resolveWritten, sourceLabel } from "./resolve.ts";
export type {
  CivitaiChoice,
  FileHints,
  ResolvedFile,
  SourceHost,
  SourceHosts,
  SourceWorld,
  WrittenSource,
} from "./types.ts";
export { openSourceWorld, type SourceWorldOptions } from "./world.ts";
