import * as clack from "@clack/prompts";
import { Writable } from "node:stream";
import { interrupted, registerSecret } from "../../base/mod.ts";
import { printableLine } from "../printable.ts";
import type { TerminalSize, TextStream } from "../types.ts";
import type { Ask } from "./types.ts";

/** What questions on the terminal need. */
export interface TerminalAskSettings {
  /** The stream for people. */
  readonly stream: TextStream;
  /** Its columns and rows, never 0. */
  readonly size: TerminalSize;
  /** Ends a question. */
  readonly signal: AbortSignal;
}

/**
 * Asks on the terminal, drawing on the stream for people.
 *
 * @throws `INTERRUPTED` when the question was answered with Ctrl-C or Escape.
 */
export function terminalAsk({ stream, size, signal }: TerminalAskSettings): Ask {
  const common = { output: toWritable(stream, size), signal };
  const answered = async <Answer>(asked: Promise<Answer>): Promise<Exclude<Answer, symbol>> => {
    const answer = await asked;
    if (typeof answer === "symbol") throw interrupted(signal);
    return answer as Exclude<Answer, symbol>;
  };
  return {
    async choose({ message, choices, initial }) {
      const options = choices.map(({ value, label, hint }, index) => ({
        value: index,
        label: printableLine(label ?? value),
        hint: hint === undefined ? undefined : printableLine(hint),
      }));
      const initialValue = choices.findIndex(({ value }) => value === initial);
      const picked = await answered(
        clack.select({ ...common, message: printableLine(message), options, initialValue }),
      );
      return choices[picked]!.value;
    },
    confirm: ({ message, initial = false }) =>
      answered(
        clack.confirm({ ...common, message: printableLine(message), initialValue: initial }),
      ),
    text: ({ message, initial, check }) =>
      answered(clack.text({
        ...common,
        message: printableLine(message),
        initialValue: initial,
        validate: (answer) => check?.(answer ?? ""),
      })),
    async secret({ message }) {
      const value = await answered(clack.password({ ...common, message: printableLine(message) }));
      registerSecret(value);
      return value;
    },
  };
}

/** The library wraps at the stream's own columns, which a terminal may give as 0. */
function toWritable(stream: TextStream, size: TerminalSize): Writable {
  const decoder = new TextDecoder();
  const writable = new Writable({
    write(chunk, _encoding, done) {
      stream.write(decoder.decode(chunk, { stream: true }));
      done();
    },
  });
  return Object.assign(writable, size, { isTTY: true });
}
