import { counted } from "../../base/mod.ts";
import { resolve } from "node:path";
import { inspectBundle } from "../../bundles/mod.ts";
import { formatBytes, type Outcome, type Style } from "../../output/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";

/** What `bundle verify` tells of a bundle that is whole; any other is an error. */
export interface VerifyData {
  readonly file: string;
  readonly files: number;
  readonly bytes: number;
}

/** Checks a bundle as an import does. */
export async function run(
  { args: [text = ""] }: CommandInput,
  { signal }: CommandContext,
): Promise<Outcome<VerifyData>> {
  const file = resolve(text);
  const { files, bytes } = await inspectBundle(file, signal);
  return { data: { file, files, bytes } };
}

/** That it is whole. */
export function view({ file, files, bytes }: VerifyData, style: Style): string[] {
  return [`${style.green("Whole")} ${file}: ${counted(files, "file")}, ${formatBytes(bytes)}`];
}
