import { isAbsolute, resolve } from "node:path";
import { ComfydockError, exists } from "../../base/mod.ts";
import type { ResolveAnswers } from "../../environment/workflows/mod.ts";
import { cliErrors } from "../errors.ts";

/** A path from where the command runs, made absolute; what is no file there may be one of the index. */
export async function sourceOf(text: string): Promise<string> {
  if (/^[a-z][a-z0-9+.-]+:/i.test(text) && !isAbsolute(text)) return text;
  const path = resolve(text);
  return await exists(path) ? path : text;
}

/** What flags say about classes and models. */
export interface AnswerFlags {
  readonly pack: readonly string[];
  readonly without: readonly string[];
  readonly model: readonly string[];
  readonly withoutModel: readonly string[];
}

/**
 * Reads the answers that flags give.
 *
 * @throws `OPTION_VALUE_INVALID`
 */
export async function readAnswers(flags: AnswerFlags): Promise<ResolveAnswers> {
  const models = flags.model.map((text) => pairOf(text, "--model", "NAME=SOURCE"))
    .map(async ([name, source]) => [name, await sourceOf(source)] as const);
  return {
    packs: new Map<string, string | false>([
      ...flags.pack.map((text) => pairOf(text, "--pack", "CLASS=ID")),
      ...flags.without.map((type) => [type, false] as const),
    ]),
    models: new Map<string, string | false>([
      ...await Promise.all(models),
      ...flags.withoutModel.map((name) => [name, false] as const),
    ]),
  };
}

function pairOf(text: string, flag: string, wanted: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot read "${text}" for ${flag}: expected ${wanted}`,
    { hint: `Write ${flag} "${wanted}"`, details: { flag, value: text } },
  );
}
