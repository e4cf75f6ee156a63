import { importWorkflow } from "../../environment/workflows/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { readWorkflowSource } from "../../session/workflows/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { bundleLines, type ImportedBundleData } from "./bundle_data.ts";
import type { importOptions } from "./options.ts";
import { resolveFile } from "./resolve.ts";
import { type ResolveData, view as resolveLines } from "./resolve_data.ts";

/** What `workflow import` tells. */
export interface ImportData {
  readonly dry_run: boolean;
  readonly name: string;
  readonly path: string;
  readonly added: boolean;
  readonly commit: string | null;
  /** What it needs; absent in a dry run. */
  readonly needs: ResolveData | null;
  /** What came along in a bundle of a workflow. */
  readonly bundle: ImportedBundleData | null;
}

/** Puts a workflow into ComfyUI, and gets what it needs where that is asked for. */
export async function run(
  { args: [source = ""], options, dryRun }: InputOf<typeof importOptions>,
  context: CommandContext,
): Promise<Outcome<ImportData>> {
  if (/\.tar\.(?:zst|gz)(?:[?#].*)?$/i.test(source)) {
    const { importBundle } = await import("./import_bundle.ts");
    const along = await importBundle(context, source, { as: options.as, dryRun });
    return { data: { dry_run: dryRun, added: true, needs: null, ...along } };
  }
  const { world } = await commandEnvironment(context);
  const { text, name } = await readWorkflowSource(context, source);
  const report = await importWorkflow(world, {
    name: options.as ?? name,
    text,
    description: options.description,
    dryRun,
  });
  const data = { ...report, dry_run: dryRun, commit: report.commit ?? null, bundle: null };
  if (dryRun) return { data: { ...data, needs: null } };
  const resolved = await resolveFile(context, report.path, {
    ...options,
    writeHashes: false,
    dryRun,
  });
  return { data: { ...data, needs: resolved.data }, exit: resolved.exit };
}

/** Where it is, then what it needs. */
export function view(
  { name, path, added, needs, bundle, dry_run }: ImportData,
  style: Style,
): string[] {
  const done = dry_run ? "Would import" : added ? "Imported" : "Already here:";
  return [
    `${style.green(done)} ${style.bold(name)}  ${style.dim(path)}`,
    ...(needs ? resolveLines(needs, style) : []),
    ...(bundle ? bundleLines(bundle, style) : []),
  ];
}
