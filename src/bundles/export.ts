import { join } from "node:path";
import { fileError } from "../base/mod.ts";
import { type EnvironmentWorld, readEnvironmentState } from "../environment/world/mod.ts";
import { removeTree } from "../workspace/disk/mod.ts";
import { readExportFacts } from "./export_facts.ts";
import { type ExportChoice, type ExportPlan, planExport } from "./plan_export.ts";
import { refuseEnding, writeBundle } from "./write_bundle.ts";

/** What an export is asked for. */
export interface ExportRequest extends ExportChoice {
  /** Absolute path of the bundle; its ending says how it is packed. */
  readonly file: string;
  readonly dryRun: boolean;
}

/** What an export came to. */
export interface ExportReport extends Omit<ExportPlan, "files"> {
  readonly file: string;
  /** Bytes of the bundle; absent in a dry run. */
  readonly size?: number;
  /** How many files it holds, and their bytes in all. */
  readonly files: number;
  readonly bytes: number;
}

/**
 * Packs an environment into one file: equal environments give equal bytes, models pass through once and by the piece.
 *
 * @throws `BUNDLE_SOURCE_INVALID`, `BUNDLE_PRIVATE`, `BUNDLE_INCOMPLETE`, `ARCHIVE_UNSAFE`, `FILE_UNREADABLE`,
 * `FILE_UNWRITABLE`, `DISK_FULL`; with `platforms` what git, uv and downloads throw, too
 */
export async function exportEnvironment(
  world: EnvironmentWorld,
  { file, dryRun, ...choice }: ExportRequest,
): Promise<ExportReport> {
  refuseEnding(file);
  const state = await readEnvironmentState(world);
  const { platforms = [] } = choice;
  const scratch = join(world.workspace.downloads, `export-${crypto.randomUUID().slice(0, 8)}`);
  try {
    if (platforms.length > 0 && !dryRun) await makeDirectory(scratch);
    const offline = platforms.length === 0
      ? undefined
      : await (await import("./export_offline.ts")).readOfflineFacts(world, state, {
        platforms,
        scratch,
        dryRun,
      });
    const { files, ...plan } = planExport(
      await readExportFacts(world, state, choice, { offline }),
      choice,
    );
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const report = { ...plan, file, files: files.length, bytes };
    if (dryRun) return report;
    const bundle = { kind: "environment", name: plan.name, file, files } as const;
    return { ...report, size: await writeBundle(world, bundle) };
  } finally {
    await removeTree(scratch);
  }
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    throw fileError("Cannot create", path, error);
  }
}
