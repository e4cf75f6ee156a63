import { ComfydockError } from "../base/mod.ts";
import { globalOptions } from "./globals.ts";
import type { Host } from "./host.ts";
import { splitAtDashes } from "./locate.ts";
import { type GlobalValues, readGlobals } from "./parse.ts";
import { resolveGlobals } from "./resolve_globals.ts";
import type { GlobalOptions, OptionDefinition } from "./types.ts";

const TOLD_EARLY = ["json", "quiet", "verbose", "color"] as const;

/**
 * The global options as far as they can be known before the command line is understood.
 *
 * They decide how a usage error or a help page is shown, so a wrong value among them is passed over here.
 */
export function earlyGlobals(argv: readonly string[], host: Host): GlobalOptions {
  const { words } = splitAtDashes(argv);
  const given = new Map<string, readonly string[]>();
  for (const name of TOLD_EARLY) {
    const texts = textsOf(name, words);
    if (texts.length > 0) given.set(name, texts);
  }
  return resolveGlobals(leniently(given, host), host);
}

function textsOf(name: (typeof TOLD_EARLY)[number], words: readonly string[]): string[] {
  const { short }: OptionDefinition = globalOptions[name];
  return words.flatMap((word, index) => {
    if (word === `--${name}`) return [name === "color" ? words[index + 1] ?? "" : ""];
    if (word.startsWith(`--${name}=`)) return [word.slice(name.length + 3)];
    const letters = /^-([a-z]+)$/.exec(word)?.[1] ?? "";
    return [...letters].filter((letter) => letter === short).map(() => "");
  });
}

function leniently(given: ReadonlyMap<string, readonly string[]>, host: Host): GlobalValues {
  const attempts = [{ given, env: host.env }, { given, env: {} }, { given: new Map(), env: {} }];
  for (const attempt of attempts) {
    try {
      return readGlobals({ given: attempt.given, args: [] }, attempt.env, {});
    } catch (error) {
      if (!(error instanceof ComfydockError)) throw error;
    }
  }
  throw new TypeError("Global options have no defaults");
}
