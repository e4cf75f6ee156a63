import { ComfydockError, counted, ExitCode } from "../../base/mod.ts";
import { formatBytes, formatCount, type Outcome, type Style } from "../../output/mod.ts";
import {
  modelWorkspace,
  previewWorkspace,
  scanRequest,
  scanWorkspace,
} from "../../session/models/mod.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
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
  { args: named, options, dryRun }: InputOf<typeof scanOptions>,
  context: CommandContext,
): Promise<Outcome<ModelScanData>> {
  if (named.includes("")) throw namelessDirectory();
  const workspace = await openNamedWorkspace(context);
  const place = await modelWorkspace(context, workspace, "model scan");
  const besides = options.modelsDir === undefined ? [] : [options.modelsDir];
  const request = await scanRequest(place, { named, besides, env: context.env });
  const wishes = { recursive: !options.noRecursive, sha256: options.sha256 };
  const { report, rebuilt } = dryRun
    ? { report: await previewWorkspace(context, place, request, wishes), rebuilt: false }
    : await scanWorkspace(context, place, request, wishes);
  const { hashedBytes: hashed_bytes, unsafeFiles: unsafe_files, warnings: _, ...facts } = report;
  return {
    data: { dry_run: dryRun, ...facts, hashed_bytes, unsafe_files, rebuilt },
    exit: report.problems.length > 0 ? ExitCode.failed : ExitCode.ok,
  };
}

function namelessDirectory(): ComfydockError {
  return new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    'Cannot scan "": it is no name of a directory',
    { hint: "Name a directory, or none for the standard locations" },
  );
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
  const files = counted(count, "file");
  return `${style.yellow("unsafe")} ${files} here in all ${
    style.dim("comfydock model list --all marks them")
  }`;
}
