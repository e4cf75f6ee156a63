/**
 * Answers of servers, kept on disk with their ETag and age: asked for again only when they are old, used all the same
 * when the network fails or is not wanted.
 *
 * @example
 * ```ts
 * import { createHttpClient } from "../mod.ts";
 * import { cachedSend, openAnswerCache } from "./mod.ts";
 *
 * using cache = openAnswerCache("api_cache.db");
 * const request = { url: "https://api.comfy.org/nodes/comfyui-kjnodes", maxAgeMs: 3_600_000 };
 * const { response, from } = await cachedSend(createHttpClient(), cache, request);
 * if (from !== "stale") response.json();
 * ```
 *
 * @module
 */
export { type AnswerCache, type AnswerCacheOptions, openAnswerCache } from "./cache.ts";
export { cachedSend, isOutage } from "./cached_send.ts";
export { type CachingOptions, createCachingClient } from "./caching_client.ts";
export type { AnswerOrigin, CachedAnswer, CachedRequest, KeptAnswer } from "./types.ts";
