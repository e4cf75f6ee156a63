import type { Outcome } from "../../output/mod.ts";
import type { CommandInput } from "../types.ts";
import { SHELLS } from "./shells.ts";
import { shims } from "./shims.ts";

/** What `completion` makes. */
export interface CompletionData {
  readonly shell: string;
  readonly script: string;
}

/** Makes the script for one shell. */
export function run({ args }: CommandInput): Promise<Outcome<CompletionData>> {
  const shell = SHELLS.find((name) => name === args[0]) ?? "bash";
  return Promise.resolve({ data: { shell, script: shims[shell] } });
}

/** The script itself. */
export function view({ script }: CompletionData): string[] {
  return script.trimEnd().split("\n");
}
