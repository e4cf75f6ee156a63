import type { ComfydockError } from "../base/mod.ts";
import { redactDeep } from "./printable.ts";
import type { Warning } from "./types.ts";

/** What `--json` prints: exactly one of these, also on failure. */
export interface Envelope {
  readonly schema: "comfydock/1";
  readonly ok: boolean;
  /** Words of the command, such as `node add`; empty when none was recognised. */
  readonly command: string;
  readonly data?: unknown;
  readonly error?: EnvelopeError;
  readonly warnings: readonly Warning[];
  readonly elapsed_ms: number;
}

/** The part of a failure that programs read. */
export interface EnvelopeError {
  /** Stable name from the documented list. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What an envelope is made from. */
export interface EnvelopeFacts {
  readonly command: string;
  readonly data?: unknown;
  readonly error?: ComfydockError;
  readonly warnings: readonly Warning[];
  readonly elapsedMs: number;
}

/** Builds the envelope of one run. */
export function createEnvelope(facts: EnvelopeFacts): Envelope {
  const { command, data, error, warnings } = facts;
  return {
    schema: "comfydock/1",
    ok: error === undefined,
    command,
    ...(data === undefined ? {} : { data }),
    ...(error === undefined ? {} : { error: toEnvelopeError(error) }),
    warnings,
    elapsed_ms: Math.max(0, Math.round(facts.elapsedMs)),
  };
}

function toEnvelopeError(error: ComfydockError): EnvelopeError {
  const { code, message, hint, details } = error;
  return { code, message, ...(hint === undefined ? {} : { hint }), details };
}

/** Writes an envelope as one line of JSON without secrets. */
export function renderEnvelope(envelope: Envelope): string {
  return `${JSON.stringify(redactDeep(envelope))}\n`;
}
