/**
 * Addresses that a template repository gives to its users, and whether something is there.
 *
 * @example
 * ```ts
 * import { createHttpClient } from "../../http/mod.ts";
 * import { followLinks } from "./mod.ts";
 *
 * const http = createHttpClient();
 * const { answers } = await followLinks(http, [{ url: "https://example.com/", places: [] }]);
 * console.log(answers);
 * ```
 *
 * @module
 */
export { collectLinks, type FoundLink, type LinkPlace } from "./collect.ts";
export { followLinks, type LinkAnswer, type LinkChoice, type LinkReport } from "./online.ts";
