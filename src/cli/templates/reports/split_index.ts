import { counted } from "../../../base/mod.ts";
import { resolve } from "node:path";
import { formatBytes, type Outcome } from "../../../output/mod.ts";
import { splitIndex } from "../../../templates/reports/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { readNamedFacts } from "../check/facts.ts";
import type { splitOptions } from "./options.ts";
import { writePages } from "./write_pages.ts";

/** What `templates split-index` wrote. */
export interface SplitIndexData {
  readonly dry_run: boolean;
  /** Absolute path. */
  readonly directory: string;
  readonly written: readonly string[];
  readonly same: number;
  /** Bytes of the index, and of the light one. */
  readonly bytes: { readonly whole: number; readonly light: number };
}

/** Writes a light index for each language, and details for each template. */
export async function run(
  { options: { out, ...choice }, dryRun }: InputOf<typeof splitOptions>,
  context: CommandContext,
): Promise<Outcome<SplitIndexData>> {
  const { facts: { index, locales } } = await readNamedFacts(choice, context);
  const directory = resolve(out);
  const files = [...index ? [index] : [], ...locales].flatMap((one) => splitIndex(one));
  const { written, same } = await writePages(directory, files, { dryRun, isOurs: () => true });
  const size = (text: string | undefined) => new TextEncoder().encode(text ?? "").length;
  const bytes = { whole: size(index?.document.text), light: size(files[0]?.text) };
  return { data: { dry_run: dryRun, directory, written, same, bytes } };
}

/** How much smaller the index is. */
export function view({ dry_run, directory, written, bytes }: SplitIndexData): string[] {
  return [
    `${dry_run ? "Would write" : "Wrote"} ${counted(written.length, "file")} in ${directory}`,
    `The index has ${formatBytes(bytes.whole)}, the light one ${formatBytes(bytes.light)}`,
  ];
}
