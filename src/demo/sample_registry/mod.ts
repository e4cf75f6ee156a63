/**
 * A Comfy Registry in memory: answers the API's endpoints from a corpus value, for the demo and for tests.
 *
 * @example
 * ```ts
 * import { createSampleRegistry, loadSampleCorpus } from "./mod.ts";
 *
 * const handler = createSampleRegistry(await loadSampleCorpus());
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0 }, handler);
 * ```
 *
 * @module
 */
export { createSampleRegistry } from "./handler.ts";
export { createManagerData } from "./manager_data.ts";
export {
  type ClassRecord,
  corpusSize,
  type NodeRecord,
  toCorpusClass,
  toCorpusPackage,
  toCorpusVersion,
  type VersionRecord,
} from "./records.ts";
export { loadSampleCorpus, loadSampleManagerFiles } from "./sample_data.ts";
export type { Corpus, CorpusClass, CorpusPackage, CorpusVersion, RequestHandler } from "./types.ts";
