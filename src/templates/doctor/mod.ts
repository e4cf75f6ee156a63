/**
 * Whether machine and repository are ready for work on templates.
 *
 * @example
 * ```ts
 * import type { Examination } from "./mod.ts";
 *
 * const found: readonly Examination[] = [{ name: "git", state: "ok", message: "2.39" }];
 * console.log(found.every(({ state }) => state !== "error"));
 * ```
 *
 * @module
 */
export { type Examination, examine, type PatientFacts } from "./examine.ts";
