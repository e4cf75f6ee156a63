import { basename, resolve as absolute } from "node:path";
import { readResolution, recordedUrl } from "../../environment/workflows/mod.ts";
import { readEnvironmentState } from "../../environment/world/mod.ts";
import { withNodeIndex } from "../../nodes/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { nodeIndexOptions } from "../../session/node_index/mod.ts";
import { editJson, planEmbedding, rememberLookups } from "../../workflows/mod.ts";
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
  const { world, workspace, config } = await commandEnvironment(context);
  const source = absolute(await findWorkflowFile(context, name));
  const output = absolute(options.output ?? `${basename(source).replace(/\.[^.]+$/, "")}.json`);
  const { manifest } = await readEnvironmentState(world);
  const answers = { packs: new Map(), models: new Map() };
  const { text, workflow, models } = await withNodeIndex(
    await nodeIndexOptions(context, workspace, config),
    (index) =>
      readResolution(world, manifest, { path: source, answers, index: rememberLookups(index) }),
  );
  const edits = planEmbedding(workflow, models, (model) => recordedUrl(manifest, model));
  if (!dryRun) {
    await writeOutput(context, workspace.layout, {
      path: output,
      content: editJson(text, edits),
      command: "workflow export",
      flag: "-o FILE",
    });
  }
  const noted = new Set(edits.map(({ path }) => JSON.stringify(path.slice(0, -1)))).size;
  return { data: { dry_run: dryRun, source, output, noted, bundle: null } };
}

/** Where it is. */
export function view({ output, noted, bundle, dry_run }: ExportData, style: Style): string[] {
  const done = dry_run ? "Would write" : style.green("Wrote");
  return [
    `${done} ${output}${noted > 0 ? `, with more about ${noted} models` : ""}`,
    ...bundle ? exportedLines(bundle, style) : [],
  ];
}
