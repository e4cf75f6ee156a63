import { redact } from "../../base/mod.ts";
import { type AnswerCache, cachedSend } from "../../http/answers/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import { type IndexData, MAX_AGE_MS, MAX_BYTES } from "./published.ts";

/**
 * Fetches published mappings; what has not changed is not sent again, and the kept copy stands in when nobody answers.
 *
 * @throws What the client throws when there is no kept copy.
 */
export async function fetchPublished(
  url: string,
  http: HttpClient,
  answers: AnswerCache,
  signal?: AbortSignal,
): Promise<IndexData> {
  const request = { url, maxAgeMs: MAX_AGE_MS, maxBytes: MAX_BYTES, signal };
  const { response } = await cachedSend(http, answers, request);
  const origin = redact(url);
  return {
    read: () => Promise.resolve(response.body),
    name: origin,
    origin,
    identity: await digestOf(response.body),
  };
}

/** The SHA-256 in hex. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
