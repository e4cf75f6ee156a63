import { resolve } from "node:path";
import { exportEnvironment } from "../../bundles/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { formatBytes } from "../../output/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { exportOptions } from "./options.ts";

/** What `export` tells. */
export interface ExportData {
  readonly dry_run: boolean;
  readonly name: string;
  readonly file: string;
  /** Bytes of the bundle; `null` in a dry run. */
  readonly size: number | null;
  readonly files: number;
  /** Bytes of all files before they are packed. */
  readonly bytes: number;
  readonly nodes: readonly string[];
  readonly models: readonly string[];
  readonly notes: readonly string[];
}

/** Packs the environment. */
export async function run(
  { args: [file], options, dryRun }: InputOf<typeof exportOptions>,
  context: CommandContext,
): Promise<Outcome<ExportData>> {
  const { world, environment } = await commandEnvironment(context);
  const { size = null, ...report } = await exportEnvironment(world, {
    file: resolve(file ?? `${environment.name}.comfydock.tar.zst`),
    nodes: options.allNodes ? "all" : options.withNodes ? "own" : "none",
    models: options.withModels,
    dryRun,
  });
  return { data: { dry_run: dryRun, size, ...report } };
}

/** What was packed, or would be. */
export function view(data: ExportData, style: Style): string[] {
  const { name, file, size, files, bytes, nodes, models, notes } = data;
  const packed = size === null ? formatBytes(bytes) : formatBytes(size);
  return [
    `${size === null ? "Would export" : style.green("Exported")} ${style.bold(name)} to ${file}`,
    `  ${files} files, ${packed}`,
    ...nodes.length > 0 ? [`  Node packs: ${nodes.join(", ")}`] : [],
    ...models.length > 0 ? [`  Models: ${models.join(", ")}`] : [],
    ...notes.map((note) => style.dim(`  ${note}`)),
  ];
}
