/**
 * What leaves the tool: the envelope for programs; lines, progress and questions for people.
 *
 * @example
 * ```ts
 * import { createEnvelope, renderEnvelope } from "./mod.ts";
 *
 * const envelope = createEnvelope({ command: "version", data: {}, warnings: [], elapsedMs: 3 });
 * renderEnvelope(envelope); // {"schema":"comfydock/1","ok":true,…}
 * ```
 *
 * @module
 */
export { type Ask, type Choice, type Question, refusingAsk, type TextQuestion } from "./ask/mod.ts";
export { alignColumns, wrapText } from "./columns.ts";
export {
  createEnvelope,
  type Envelope,
  type EnvelopeError,
  type EnvelopeFacts,
  renderEnvelope,
} from "./envelope.ts";
export { renderError, renderWarning } from "./error_view.ts";
export { outputErrors } from "./errors.ts";
export { formatCount } from "../base/mod.ts";
export { formatBytes, formatDuration } from "./format.ts";
export { printable, printableLine, redactDeep, visibleLength } from "./printable.ts";
export {
  createDisplay,
  type Display,
  type DisplaySettings,
  type ProgressMode,
} from "./progress/display.ts";
export { renderFinished, renderProgress } from "./progress/render.ts";
export { foldProgress, idle, type Phase, type ProgressState } from "./progress/state.ts";
export { createStyle } from "./style.ts";
export type { Outcome, Style, TerminalSize, TextStream, View, Warning } from "./types.ts";
