import { ComfydockError } from "../../base/mod.ts";
import { outputErrors } from "../errors.ts";
import type { Ask, Question } from "./types.ts";

/**
 * Answers without people: `--yes` confirms, everything else fails with `ANSWER_NEEDED`.
 *
 * @param options Whether `--yes` was given.
 */
export function refusingAsk({ yes }: { readonly yes: boolean }): Ask {
  return {
    choose: (question) => Promise.reject(answerNeeded(question)),
    confirm: (question) => yes ? Promise.resolve(true) : Promise.reject(answerNeeded(question)),
    text: (question) => Promise.reject(answerNeeded(question)),
    secret: (question) => Promise.reject(answerNeeded(question)),
  };
}

function answerNeeded({ message, flag }: Question): ComfydockError {
  return new ComfydockError(
    outputErrors.ANSWER_NEEDED,
    `Cannot ask "${message}" as nobody can answer here`,
    { hint: `Answer with ${flag}`, details: { question: message, flag } },
  );
}
