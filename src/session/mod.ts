/**
 * What work is done with, whoever asks for it: variables, reporter, signal, clock and network.
 *
 * The folders below put workspaces, environments and look-ups together from a session and the settings.
 *
 * @example
 * ```ts
 * import { openSession } from "./mod.ts";
 * import { silentReporter, systemClock } from "../base/mod.ts";
 *
 * const session = openSession({
 *   env: {},
 *   report: silentReporter,
 *   signal: new AbortController().signal,
 *   clock: systemClock,
 *   offline: true,
 * });
 * console.assert(session.offline);
 * ```
 *
 * @module
 */
export { openSession } from "./open.ts";
export type { HttpSettings, Session } from "./types.ts";
