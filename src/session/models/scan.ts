import {
  ModelIndex,
  type ModelProblem,
  MODELS_LOCK,
  openIndexIfAny,
  planScan,
  previewScan,
  readModelUses,
  restoreFromManifests,
  type RootRequest,
  scanModels,
  type ScanReport,
  withSoundIndex,
} from "../../models/mod.ts";
import { checkpointsFromEnvironment, withLock } from "../../workspace/mod.ts";
import type { Session } from "../types.ts";
import type { ModelWorkspace } from "./place.ts";

/** How a scan is done. */
export interface ScanWishes {
  /** Whether directories in the roots are searched too; default yes. */
  readonly recursive?: boolean;
  /** Whether SHA-256 is computed, also for files that are known without it. */
  readonly sha256?: boolean;
}

/** What a scan of a workspace came to. */
export interface WorkspaceScan {
  readonly report: ScanReport;
  /** Whether the index was damaged and was built anew. */
  readonly rebuilt: boolean;
}

/**
 * Brings the index of a workspace to what is on the disk; warnings go to the session's reporter.
 *
 * @throws `LOCKED`, `INTERRUPTED`, `DISK_FULL`, and the other errors of the index
 */
export async function scanWorkspace(
  session: Session,
  place: ModelWorkspace,
  request: RootRequest,
  wishes: ScanWishes = {},
): Promise<WorkspaceScan> {
  const { report, clock, signal, env } = session;
  const { layout } = place.workspace;
  return await withLock(layout, MODELS_LOCK, place.lock, async () => {
    const at = new Date(clock.now()).toISOString();
    const facts = { command: place.lock.command, at };
    const { result, rebuilt } = await withSoundIndex(layout, facts, async (index) => {
      const checkpoints = checkpointsFromEnvironment(env);
      const options = { ...wishes, report, clock, signal, checkpoints };
      const scanned = await scanModels(index, request, options);
      const { uses, problems } = await readModelUses(layout);
      restoreFromManifests(index, uses);
      return { scanned, problems };
    });
    const { scanned, problems } = result;
    warn(session, [...problems, ...scanned.warnings]);
    return { report: scanned, rebuilt };
  });
}

/** What a scan would do; the index is only read, warnings go to the session's reporter. */
export async function previewWorkspace(
  session: Session,
  { workspace }: ModelWorkspace,
  request: RootRequest,
  wishes: ScanWishes = {},
): Promise<ScanReport> {
  const { report, clock, signal } = session;
  using index = await openIndexIfAny(workspace.layout) ?? new ModelIndex(":memory:");
  const plan = await planScan(index, request, { ...wishes, report, clock, signal });
  const preview = previewScan(plan);
  warn(session, preview.warnings);
  return preview;
}

function warn({ report }: Session, problems: readonly ModelProblem[]): void {
  for (const { code, message } of problems) report.emit({ kind: "warned", code, message });
}
