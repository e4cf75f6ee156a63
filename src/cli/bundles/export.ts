import { resolve } from "node:path";
import { ComfydockError, counted } from "../../base/mod.ts";
import { exportEnvironment, type Platform } from "../../bundles/writing/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { formatBytes } from "../../output/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { renderContainer } from "./container_view.ts";
import type { ExportData } from "./export_data.ts";
import type { exportOptions } from "./options.ts";

/** Packs the environment. */
export async function run(
  input: InputOf<typeof exportOptions>,
  context: CommandContext,
): Promise<Outcome<ExportData>> {
  const { args: [file], options, dryRun } = input;
  if (options.container !== undefined) {
    return await (await import("./export_container.ts")).runContainer(input, context);
  }
  const platforms = await readPlatforms(options);
  const { world, environment } = await commandEnvironment(context);
  const { size = null, ...report } = await exportEnvironment(world, {
    file: resolve(file ?? `${environment.name}.comfydock.tar.zst`),
    nodes: options.allNodes || platforms.length > 0 ? "all" : options.withNodes ? "own" : "none",
    models: options.withModels,
    platforms,
    dryRun,
  });
  return { data: { dry_run: dryRun, size, ...report, container: null } };
}

async function readPlatforms(
  { offlinePackages, platform = [] }: InputOf<typeof exportOptions>["options"],
): Promise<readonly Platform[]> {
  if (!offlinePackages && platform.length > 0) {
    throw new ComfydockError(
      cliErrors.OPTION_VALUE_INVALID,
      "Cannot pack packages for a platform: --platform belongs to --offline-packages",
      { hint: "Give --offline-packages, too" },
    );
  }
  if (!offlinePackages) return [];
  const { ownPlatform, readPlatform } = await import("../../bundles/wheels/mod.ts");
  return platform.length === 0 ? [ownPlatform()] : platform.map(readPlatform);
}

/** What was packed, or would be. */
export function view(data: ExportData, style: Style): string[] {
  if (data.container !== null) return renderContainer(data, data.container, style);
  const { name, file, size, files, bytes, nodes, models, wheels, builds, notes } = data;
  const packed = size === null ? formatBytes(bytes) : formatBytes(size);
  return [
    `${size === null ? "Would export" : style.green("Exported")} ${style.bold(name)} to ${file}`,
    `  ${counted(files, "file")}, ${packed}`,
    ...nodes.length > 0 ? [`  Node packs: ${nodes.join(", ")}`] : [],
    ...models.length > 0 ? [`  Models: ${models.join(", ")}`] : [],
    ...wheels.length > 0 ? [`  Python packages: ${counted(wheels.length, "wheel")}`] : [],
    ...builds.length > 0 ? [style.yellow(`  Runs code to build: ${builds.join(", ")}`)] : [],
    ...notes.map((note) => style.dim(`  ${note}`)),
  ];
}
