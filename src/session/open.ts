import type { Session } from "./types.ts";

/**
 * Puts a session together; the HTTP client is loaded with the first request for one.
 *
 * @param surroundings All of it but the network.
 */
export function openSession(surroundings: Omit<Session, "http">): Session {
  const { env, report, signal, clock, offline, chain } = surroundings;
  return {
    env,
    report,
    signal,
    clock,
    offline,
    chain,
    async http(settings) {
      const { createHttpClient } = await import("../http/mod.ts");
      const variable = (name: string) => env[name];
      return createHttpClient({ ...settings, offline, clock, env: variable, report, signal });
    },
  };
}
