import type { AnswerCache } from "../../http/answers/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import type { Credential } from "../../workspace/mod.ts";
import { readSourceHosts } from "./hosts.ts";
import type { SourceWorld } from "./types.ts";

/** What sources are asked with, before it is put together. */
export interface SourceWorldOptions {
  readonly http: HttpClient;
  /** For questions whose answers may be kept; default `http`. */
  readonly api?: HttpClient;
  /** Where answers to many questions in one are kept; without it none is. */
  readonly answers?: AnswerCache;
  /** Environment variables of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly credentials: readonly Credential[];
  readonly signal?: AbortSignal;
}

/**
 * Puts together what sources are asked with: the shipped addresses or their mirrors, and a token for each service.
 *
 * @throws `MODEL_SOURCE_INVALID` for a mirror that is no URL
 */
export async function openSourceWorld(options: SourceWorldOptions): Promise<SourceWorld> {
  const { http, api, answers, env, credentials, signal } = options;
  const tokens = Object.fromEntries(credentials.map(({ service, secret }) => [service, secret]));
  return { http, api, answers, hosts: await readSourceHosts(env), tokens, signal };
}
