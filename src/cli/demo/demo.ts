import { resolve } from "node:path";
import { type DemoStep, runDemo } from "../../demo/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { demoOptions } from "./options.ts";

/** What `demo` tells. */
export interface DemoData {
  readonly steps: readonly DemoStep[];
  /** Where its files are; absent when they were removed. */
  readonly directory?: string;
}

/** Runs the demo in a temporary directory, or in the one that is to be kept. */
export async function run(
  { options: { keep } }: InputOf<typeof demoOptions>,
  context: CommandContext,
): Promise<Outcome<DemoData>> {
  const { offline } = context.options;
  const directory = keep === undefined
    ? await Deno.makeTempDir({ prefix: "comfydock-demo-" })
    : resolve(keep);
  try {
    const http = (ownServers?: readonly string[]) => context.http({ rate: 1000, ownServers });
    const steps = await runDemo({ ...context, directory, http, offline });
    return { data: { steps, directory: keep === undefined ? undefined : directory } };
  } finally {
    if (keep === undefined) await Deno.remove(directory, { recursive: true });
  }
}

/** A paragraph a step, and how to go on. */
export function view({ steps, directory }: DemoData, style: Style): string[] {
  const lines = steps.flatMap(({ title, status, lines, commands, hint }, index) => [
    `${style.bold(`${index + 1}. ${title}`)}${
      status === "skipped" ? style.yellow("  skipped") : ""
    }`,
    ...lines.map((line) => `   ${line}`),
    ...(hint ? [`   ${style.cyan(`hint: ${hint}`)}`] : []),
    ...(directory ? commands.map((command) => `   ${style.dim(`$ ${command}`)}`) : []),
    "",
  ]);
  const further = directory
    ? `The files are in ${directory}; the commands above look further`
    : "Keep the files and look further: comfydock demo --keep try";
  return [...lines, further, "All commands: comfydock --help"];
}
