import type { Outcome } from "../../output/mod.ts";
import { type Proposal, proposeCompletions } from "../complete.ts";
import { commands } from "../commands.ts";
import type { CommandInput } from "../types.ts";

/** What `complete` proposes. */
export interface CompleteData {
  readonly proposals: readonly Proposal[];
}

/** Proposes how the words behind `--` go on. */
export function run({ args, rest }: CommandInput): Promise<Outcome<CompleteData>> {
  const [shell] = args;
  const words = shell === "bash" ? joinAtEquals(rest) : shell === "powershell" ? undot(rest) : rest;
  const proposals = proposeCompletions(words, commands);
  // Bash replaces only what stands behind the equals sign.
  const isValue = shell === "bash" && rest.length > 1 && words.at(-1) !== rest.at(-1);
  return Promise.resolve({
    data: { proposals: isValue ? proposals.map(behindEquals) : proposals },
  });
}

/** One proposal a line: value, tab, explanation. */
export function view({ proposals }: CompleteData): string[] {
  return proposals.map(({ value, brief }) => `${value}\t${brief}`);
}

/** Bash hands `--color=al` over as three words. */
function joinAtEquals(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && (word === "=" || last.endsWith("=") && last.startsWith("--"))) {
      joined[joined.length - 1] = last + word;
    } else joined.push(word);
  }
  return joined;
}

/** PowerShell drops empty words, so its script puts a dot before the last one. */
function undot(words: readonly string[]): string[] {
  return [...words.slice(0, -1), (words.at(-1) ?? "").replace(/^\./, "")];
}

function behindEquals({ value, brief }: Proposal): Proposal {
  return { value: value.slice(value.indexOf("=") + 1), brief };
}
