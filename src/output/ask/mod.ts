/**
 * Questions to people: asked on the terminal, or refused by naming the flag that answers.
 *
 * @example
 * ```ts
 * import { refusingAsk } from "./mod.ts";
 *
 * const ask = refusingAsk({ yes: true });
 * await ask.confirm({ message: "Delete it?", flag: "--yes" }); // true
 * ```
 *
 * @module
 */
export { refusingAsk } from "./refuse.ts";
export type { Ask, Choice, Question, TextQuestion } from "./types.ts";
