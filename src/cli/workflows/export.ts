import { counted } from "../../base/mod.ts";
import { basename, resolve as absolute } from "node:path";
import type { Outcome, Style } from "../../output/mod.ts";
import { embedModels } from "../../session/workflows/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { exportedLines, type WorkflowBundleData } from "./bundle_data.ts";
import type { exportOptions } from "./options.ts";
import { writeOutput } from "./output_file.ts";
import { findWorkflowFile } from "./workflow_file.ts";

/** What `workflow export` tells. */
export interface ExportData {
  readonly dry_run: boolean;
  readonly source: string;
  readonly output: string;
  /** How many models the file says more of than the workflow itself. */
  readonly noted: number;
  /** Set with `--with-deps`. */
  readonly bundle: WorkflowBundleData | null;
}

/** Writes a workflow to a file that others can resolve. */
export async function run(
  input: InputOf<typeof exportOptions>,
  context: CommandContext,
): Promise<Outcome<ExportData>> {
  const { args: [name = ""], options, dryRun } = input;
  if (options.withDeps || options.withNodes || options.withModels) {
    const packed = await (await import("./export_bundle.ts")).exportBundle(input, context);
    return { data: { dry_run: dryRun, source: name, noted: 0, ...packed } };
  }
  const place = await commandEnvironment(context);
  const source = absolute(await findWorkflowFile(context, name));
  const output = absolute(options.output ?? `${basename(source).replace(/\.[^.]+$/, "")}.json`);
  const { text, noted } = await embedModels(context, place, { path: source });
  if (!dryRun) {
    await writeOutput(context, place.workspace.layout, {
      path: output,
      content: text,
      command: "workflow export",
      flag: "-o FILE",
    });
  }
  return { data: { dry_run: dryRun, source, output, noted, bundle: null } };
}

/** Where it is. */
export function view({ output, noted, bundle, dry_run }: ExportData, style: Style): string[] {
  const done = dry_run ? "Would write" : style.green("Wrote");
  return [
    `${done} ${output}${noted > 0 ? `, with more about ${counted(noted, "model")}` : ""}`,
    ...bundle ? exportedLines(bundle, style) : [],
  ];
}
