import { temporaryBeside } from "../base/mod.ts";
import {
  type EnvironmentState,
  type EnvironmentWorld,
  readEnvironmentState,
} from "../environment/world/mod.ts";
import { readExportFacts } from "./export_facts.ts";
import type { ExportChoice, ExportPlan, OfflineFacts } from "./export_types.ts";
import { planExport } from "./plan_export.ts";
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
  request: ExportRequest,
): Promise<ExportReport> {
  refuseEnding(request.file);
  const state = await readEnvironmentState(world);
  const { platforms = [], dryRun } = request;
  if (platforms.length === 0) return await pack(world, state, request);
  // What must stay here is refused before wheels are fetched.
  planExport(await readExportFacts(world, state, request), request);
  const { readOfflineFacts, withScratch } = await import("./export_offline.ts");
  const packAll = async (scratch: string) =>
    await pack(
      world,
      state,
      request,
      await readOfflineFacts(world, state, { platforms, scratch, dryRun }),
    );
  // What a dry run asks about needs no directory to be there.
  return dryRun
    ? await packAll(temporaryBeside(world.workspace.downloads))
    : await withScratch(world, packAll);
}

async function pack(
  world: EnvironmentWorld,
  state: EnvironmentState,
  { file, dryRun, ...choice }: ExportRequest,
  offline?: OfflineFacts,
): Promise<ExportReport> {
  const facts = await readExportFacts(world, state, choice, { offline });
  const { files, ...plan } = planExport(facts, choice);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const report = { ...plan, file, files: files.length, bytes };
  if (dryRun) return report;
  const bundle = { kind: "environment", name: plan.name, file, files } as const;
  return { ...report, size: await writeBundle(world, bundle) };
}
