/**
 * The demo: the whole tool on embedded samples, for people who look at it for the first time.
 *
 * @example
 * ```ts
 * import { systemClock, silentReporter } from "../base/mod.ts";
 * import { createHttpClient } from "../http/mod.ts";
 * import { runDemo } from "./mod.ts";
 *
 * const steps = await runDemo({
 *   directory: await Deno.makeTempDir(),
 *   http: (ownServers) => Promise.resolve(createHttpClient({ ownServers })),
 *   report: silentReporter,
 *   clock: systemClock,
 *   signal: new AbortController().signal,
 *   env: Deno.env.toObject(),
 *   offline: false,
 * });
 * ```
 *
 * @module
 */
export { runDemo } from "./demo.ts";
export { type SampleServer, startSampleRegistry } from "./sample_server.ts";
export type { DemoStep, DemoWorld } from "./types.ts";
