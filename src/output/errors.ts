import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** What can go wrong between a command and the people or programs that use it. */
export const outputErrors: Readonly<Record<"ANSWER_NEEDED", ErrorKind>> = defineErrors({
  ANSWER_NEEDED: {
    exit: ExitCode.usage,
    meaning: "A question needs an answer and nobody can be asked; the hint names the flag",
  },
});
