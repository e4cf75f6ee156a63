import {
  ModelIndex,
  MODELS_LOCK,
  openIndexIfAny,
  planScan,
  previewScan,
  readModelUses,
  restoreFromManifests,
  scanModels,
  type ScanReport,
  withSoundIndex,
} from "../../models/mod.ts";
import { ExitCode } from "../../base/mod.ts";
import { formatBytes, formatCount, type Outcome, type Style } from "../../output/mod.ts";
import { checkpointsFromEnvironment, withLock } from "../../workspace/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { type ModelWorkspace, modelWorkspace, scanRequest } from "./access.ts";
import type { scanOptions } from "./options.ts";

/** What `model scan` tells. */
export interface ModelScanData {
  readonly dry_run: boolean;
  readonly roots: readonly string[];
  readonly files: number;
  /** In bytes. */
  readonly bytes: number;
  readonly added: number;
  readonly changed: number;
  /** Known by their inode, so that they were not read again. */
  readonly moved: number;
  readonly unchanged: number;
  readonly removed: number;
  /** In bytes; with `--dry-run` those that would be read. */
  readonly hashed_bytes: number;
  /** Pickles among the files that were read that would import something that is not known as harmless. */
  readonly unsafe: readonly { readonly path: string; readonly globals: readonly string[] }[];
  /** Such pickles in the directories that were searched, those that were read before among them. */
  readonly unsafe_files: number;
  readonly problems: readonly {
    readonly code: string;
    readonly message: string;
    readonly path: string;
  }[];
  /** Whether the index was damaged and was built anew. */
  readonly rebuilt: boolean;
}

/** Brings the index to what lies in directories; exit code 1 when a file cannot be taken. */
export async function run(
  input: InputOf<typeof scanOptions>,
  context: CommandContext,
): Promise<Outcome<ModelScanData>> {
  const world = await modelWorkspace(context, "model scan");
  const { report, rebuilt } = input.dryRun
    ? { report: await preview(world, input, context), rebuilt: false }
    : await withLock(
      world.workspace.layout,
      MODELS_LOCK,
      world.lock,
      () => scan(world, input, context),
    );
  for (const { code, message } of report.warnings) context.warn(code, message);
  const { hashedBytes: hashed_bytes, unsafeFiles: unsafe_files, warnings: _, ...facts } = report;
  return {
    data: { dry_run: input.dryRun, ...facts, hashed_bytes, unsafe_files, rebuilt },
    exit: report.problems.length > 0 ? ExitCode.failed : ExitCode.ok,
  };
}

async function scan(
  world: ModelWorkspace,
  input: InputOf<typeof scanOptions>,
  context: CommandContext,
): Promise<{ readonly report: ScanReport; readonly rebuilt: boolean }> {
  const { layout } = world.workspace;
  const at = new Date(context.clock.now()).toISOString();
  const request = await scanRequest(world, rootsOf(input, context));
  const { result, rebuilt } = await withSoundIndex(
    layout,
    { command: "model scan", at },
    async (index) => {
      const report = await scanModels(index, request, {
        ...scanSettings(input, context),
        checkpoints: checkpointsFromEnvironment(context.env),
      });
      const { uses, problems } = await readModelUses(layout);
      for (const { code, message } of problems) context.warn(code, message);
      restoreFromManifests(index, uses);
      return report;
    },
  );
  return { report: result, rebuilt };
}

async function preview(
  world: ModelWorkspace,
  input: InputOf<typeof scanOptions>,
  context: CommandContext,
): Promise<ScanReport> {
  using index = await openIndexIfAny(world.workspace.layout) ?? new ModelIndex(":memory:");
  const request = await scanRequest(world, rootsOf(input, context));
  return previewScan(await planScan(index, request, scanSettings(input, context)));
}

function rootsOf({ args, options }: InputOf<typeof scanOptions>, { env }: CommandContext) {
  const directory = options.modelsDir;
  return { named: args, besides: directory === undefined ? [] : [directory], env };
}

function scanSettings({ options }: InputOf<typeof scanOptions>, context: CommandContext) {
  const { report, clock, signal } = context;
  return { recursive: !options.noRecursive, sha256: options.sha256, report, clock, signal };
}

/** How many files are there, what changed, and what is wrong with which. */
export function view(data: ModelScanData, style: Style): string[] {
  const changes = (["added", "changed", "moved", "removed"] as const)
    .filter((name) => data[name] > 0).map((name) => `${formatCount(data[name])} ${name}`);
  const read = `${formatBytes(data.hashed_bytes)} ${data.dry_run ? "to read" : "read"}`;
  return [
    ...(data.rebuilt ? ["The index was damaged; it is in the trash, and this is a new one"] : []),
    `${countFiles(data.files)}, ${formatBytes(data.bytes)}, in ${
      data.roots.length === 1 ? data.roots[0] : `${data.roots.length} directories`
    }`,
    ...(changes.length > 0 ? [`${changes.join(", ")}; ${read}`] : ["Nothing changed"]),
    ...data.unsafe.map(({ path, globals }) =>
      `${style.yellow("unsafe")} ${path} ${
        style.dim(`would use ${globals.slice(0, 5).join(", ")}`)
      }`
    ),
    ...(data.unsafe_files > data.unsafe.length ? [stillUnsafe(data.unsafe_files, style)] : []),
    ...data.problems.map(({ message }) => `${style.red("error")} ${message}`),
  ];
}

function countFiles(count: number): string {
  return count === 1 ? "1 model file" : `${formatCount(count)} model files`;
}

function stillUnsafe(count: number, style: Style): string {
  const files = count === 1 ? "1 file" : `${formatCount(count)} files`;
  return `${style.yellow("unsafe")} ${files} here in all ${
    style.dim("comfydock model list --all marks them")
  }`;
}
