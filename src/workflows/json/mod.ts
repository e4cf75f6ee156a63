/**
 * JSON texts that are changed in places only: every other byte stays, big integers, `1.0` and key order included.
 *
 * @example
 * ```ts
 * import { editJson } from "./mod.ts";
 *
 * const text = '{"seed": 12345678901234567890, "cfg": 8.0}';
 * const edited = editJson(text, [{ path: ["cfg"], value: 7.5 }]);
 * console.assert(edited === '{"seed": 12345678901234567890, "cfg": 7.5}');
 * ```
 *
 * @module
 */
export { editJson } from "./edit.ts";
export { findJsonFault } from "./fault.ts";
export { lineOfJson, lineOfOffset, rangeOfJson, showJsonPath } from "./place.ts";
export { JsonPlaces } from "./places.ts";
export type { JsonEdit, JsonPath, JsonValue } from "./types.ts";
