import { ComfydockError, fileError } from "../../base/mod.ts";
import {
  applyInit,
  environmentLayout,
  environmentLock,
  type HeldLock,
  lookAt,
  moveToTrash,
  planInit,
  recover,
  refusePending,
  removeTree,
  updateWorkspace,
  withActive,
  withLock,
  WORKSPACE_LOCK,
} from "../../workspace/mod.ts";
import { linkModels } from "../comfyui/models_link.ts";
import type { DoctorWorld, Finding, Fix } from "./types.ts";

/** What became of a fix. */
export interface FixOutcome {
  readonly finding: Finding;
  readonly fix: Fix;
  /** Why it did not work; absent when it did. */
  readonly error?: ComfydockError;
}

/**
 * Carries out the fixes of findings, each on its own: one that fails holds no other back.
 *
 * @throws `LOCKED`, `INTERRUPTED`
 */
export async function applyFixes(
  world: DoctorWorld,
  findings: readonly Finding[],
): Promise<readonly FixOutcome[]> {
  const { workspace, lockTimeoutMs: timeoutMs, clock, signal } = world;
  const options = { command: "doctor", timeoutMs, clock, signal };
  return await withLock(workspace, WORKSPACE_LOCK, options, async (lock) => {
    const outcomes: FixOutcome[] = [];
    // Others may wait for what was cut off to be ended.
    const first = findings.filter(({ fix }) => fix?.kind === "trash");
    for (const finding of new Set([...first, ...findings])) {
      const { fix } = finding;
      if (!fix) continue;
      try {
        await carryOut(world, lock, fix);
        outcomes.push({ finding, fix });
      } catch (error) {
        if (!(error instanceof ComfydockError)) throw error;
        outcomes.push({ finding, fix, error });
      }
    }
    return outcomes;
  });
}

async function carryOut(world: DoctorWorld, lock: HeldLock, fix: Fix): Promise<void> {
  const { workspace, clock } = world;
  const now = new Date(clock.now()).toISOString();
  switch (fix.kind) {
    case "uv":
      await (await world.uv()).version();
      return;
    case "directories":
      return await applyInit(await planInit({ path: workspace.root, now }));
    case "directory":
      return await makeDirectory(fix.path);
    case "deactivate":
      await updateWorkspace(workspace, lock, (facts) => withActive(facts, undefined));
      return;
    case "recover":
      return refusePending(
        await recover({
          layout: workspace,
          locks: [lock],
          handlers: world.handlers,
          checkpoints: world.checkpoints,
          clock,
          reporter: world.report,
        }),
      );
    case "remove":
      return await removeTree(fix.path);
    case "trash":
      for (const path of fix.paths) {
        if (await lookAt(path)) await moveToTrash(workspace, path, { command: "doctor", at: now });
      }
      return;
    case "link":
      return await link(world, fix.environment);
    case "private":
      return await Deno.chmod(fix.path, 0o600);
  }
}

async function link(world: DoctorWorld, environment: string): Promise<void> {
  const { workspace, models, report, lockTimeoutMs: timeoutMs, clock, signal } = world;
  const options = { command: "doctor", timeoutMs, clock, signal };
  await withLock(workspace, environmentLock(environment), options, async () => {
    await linkModels(models, environmentLayout(workspace, environment).comfyui, report);
  });
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    throw fileError("Cannot create", path, error);
  }
}
