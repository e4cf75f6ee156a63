/**
 * A Comfy Registry on loopback with switchable faults, a corpus of any size, node archives and Manager's data.
 *
 * @example
 * ```ts
 * import { makeCorpus, startRegistry } from "./mod.ts";
 *
 * await using registry = startRegistry({
 *   corpus: await makeCorpus({ packages: 400, source: "synthetic" }),
 *   faults: { chances: { "503": 0.02, cut: 0.02 }, limit: { perSecond: 40 } },
 * });
 * await fetch(`${registry.url}/nodes?limit=100`);
 * ```
 *
 * @module
 */
export { nodeArchive } from "./archives.ts";
export { type CorpusOptions, makeCorpus } from "./corpus.ts";
export { withOddRecords, withoutPackages, withVersionStatus } from "./corpus_changes.ts";
export type { RegistryCounters } from "./counters.ts";
export type { Endpoint } from "./endpoints.ts";
export type { AnswerFault, PageShift, RateLimit, RegistryFaults } from "./faults.ts";
export { type PredecessorRequests, predecessorRequests } from "./predecessor.ts";
export { type RegistryOptions, startRegistry, type TestRegistry } from "./server.ts";
export type { ServeRequest } from "./serve.ts";
export { managerDirectory, managerFiles, type PackSource, readManagerFile } from "./sources.ts";
export { type SpawnedRegistry, spawnRegistry } from "./spawn.ts";
