import * as clack from "@clack/prompts";
import { stderr } from "node:process";
import { interrupted, registerSecret } from "../../base/mod.ts";
import { printableLine } from "../printable.ts";
import type { Ask } from "./types.ts";

/**
 * Asks on the terminal, drawing on the stream for people.
 *
 * @param options The signal that ends a question.
 * @throws `INTERRUPTED` when the question was answered with Ctrl-C or Escape.
 */
export function terminalAsk({ signal }: { readonly signal: AbortSignal }): Ask {
  const common = { output: stderr, signal };
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
    confirm: ({ message, initial }) =>
      answered(clack.confirm({
        ...common,
        message: printableLine(message),
        initialValue: initial ?? false,
      })),
    text: ({ message, initial, check }) =>
      answered(clack.text({
        ...common,
        message: printableLine(message),
        initialValue: initial,
        validate: (answer) => check?.(answer ?? ""),
      })),
    async secret({ message }) {
      const value = await answered(
        clack.password({ ...common, message: printableLine(message) }),
      );
      registerSecret(value);
      return value;
    },
  };
}
