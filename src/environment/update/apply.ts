import {
  comfyuiErrors,
  type ComfyUIFacts,
  type ComfyUISource,
  type ComfyUIWorld,
  obtainComfyUI,
  readComfyUIFacts,
  readCommitsBetween,
  readMirroredFacts,
  recordedComfyUISource,
} from "../../comfyui/mod.ts";
import { ComfydockError, isKind } from "../../base/mod.ts";
import { readManifest } from "../../pyproject/mod.ts";
import { isUndisturbed } from "../../workspace/mod.ts";
import { requireAtRest } from "../at_rest.ts";
import { changeEnvironment } from "../change.ts";
import { moveComfyUI, refuseLocalChanges } from "../comfyui/move.ts";
import { comfyuiWorld } from "../comfyui/world.ts";
import { environmentErrors } from "../errors.ts";
import {
  applyManifest,
  type ManifestReport,
  NOTHING_CHANGED,
  resolveManifest,
} from "../manifest_change/mod.ts";
import { hasRepository, readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { diffLocks, isVenvCurrent, readLockPackages } from "../venv/mod.ts";
import { defaultTarget, planUpdate, type UpdateFacts, type UpdatePlan } from "./plan.ts";

/** What `update` is asked for. */
export interface UpdateRequest {
  /** `latest`, a release, a branch or a commit; by default see `defaultTarget`. */
  readonly wanted?: string;
  /** Only tells what would be done. */
  readonly dryRun?: boolean;
}

/** What an update decided and came to. */
export interface UpdateReport extends ManifestReport {
  readonly plan: UpdatePlan;
  /** Whether ComfyUI itself is another one now. */
  readonly moved: boolean;
}

const COMMAND = "update";

/**
 * Gives an environment another ComfyUI, newer or older: manifest, lock, packages and ComfyUI together, or nothing.
 *
 * The trial resolution comes first. What people have put into ComfyUI stays where it is.
 *
 * @throws `COMFYUI_CHANGED` when ComfyUI has local changes, `RUN_ALREADY`, `PYTHON_UNSUITABLE`, `PACKAGE_CONFLICT`, and
 * what getting ComfyUI throws
 */
export async function updateEnvironment(
  world: EnvironmentWorld,
  { wanted, dryRun = false }: UpdateRequest,
): Promise<UpdateReport> {
  const before = await readEnvironmentState(world);
  await refuseLocalChanges(world);
  const facts = await gather(world, before, wanted);
  const { manifest: path } = world.environment;
  if (dryRun) return await preview(world, before, planUpdate(before, facts, path));
  await requireAtRest(world, COMMAND);
  const idle = planUpdate(before, facts, path);
  if (await isIdle(world, before, idle)) return { ...NOTHING_CHANGED, plan: idle, moved: false };
  return await changeEnvironment(world, { command: COMMAND }, async (transaction) => {
    const state = await readEnvironmentState(world);
    const plan = planUpdate(state, facts, path);
    const report = await applyManifest(world, transaction, {
      before: state,
      command: COMMAND,
      manifestText: plan.manifestText,
      comfyuiRequirements: facts.new.requirements,
    });
    const repository = requireRepository(state);
    const { commit } = facts.to;
    const moved = await moveComfyUI(world, transaction, { commit, repository, command: COMMAND });
    return { ...report, plan, moved };
  });
}

/** Gets the new ComfyUI onto this machine, and reads what both say about themselves. */
async function gather(
  world: EnvironmentWorld,
  state: EnvironmentState,
  wanted: string | undefined,
): Promise<UpdateFacts> {
  const { environment } = state.manifest;
  const source = await recordedComfyUISource(requireRepository(state));
  const surroundings = comfyuiWorld(world, COMMAND);
  const target = wanted ?? defaultTarget(environment);
  const to = await obtainComfyUI(surroundings, source, target);
  const { comfyuiCommit } = environment;
  const fresh = await readMirroredFacts(surroundings, source, to.commit);
  for (const { file, line, text, why } of fresh.odd) {
    const message = `${file}:${line} of ComfyUI is passed over, ${why}: ${text}`;
    world.report.emit({ kind: "warned", code: "REQUIREMENT_INVALID", message });
  }
  return {
    to,
    old: await readPresent(world, surroundings, source, comfyuiCommit),
    new: fresh,
    between: await readCommitsBetween(surroundings, source, comfyuiCommit, to.commit),
  };
}

async function readPresent(
  world: EnvironmentWorld,
  surroundings: ComfyUIWorld,
  source: ComfyUISource,
  commit: string | undefined,
): Promise<ComfyUIFacts | undefined> {
  try {
    if (commit !== undefined) return await readMirroredFacts(surroundings, source, commit);
  } catch (error) {
    if (!isKind(error, comfyuiErrors.COMFYUI_NOT_FOUND)) throw error;
  }
  try {
    return await readComfyUIFacts(world.environment.comfyui);
  } catch (error) {
    if (!isKind(error, comfyuiErrors.COMFYUI_NOT_FOUND)) throw error;
    return undefined;
  }
}

function requireRepository({ manifest }: EnvironmentState): string {
  const { comfyuiRepository } = manifest.environment;
  if (comfyuiRepository !== undefined) return comfyuiRepository;
  throw new ComfydockError(
    environmentErrors.ENVIRONMENT_DAMAGED,
    "Cannot update ComfyUI: the manifest does not say where it comes from",
    { hint: 'Set comfyui_repository = "…" in [tool.comfydock] of pyproject.toml' },
  );
}

async function preview(
  world: EnvironmentWorld,
  before: EnvironmentState,
  plan: UpdatePlan,
): Promise<UpdateReport> {
  const { manifestText } = plan;
  const lockText = await resolveManifest(world, {
    manifestText,
    manifest: readManifest(manifestText, world.environment.manifest),
    before,
    comfyuiRequirements: plan.new.requirements,
  });
  return {
    ...NOTHING_CHANGED,
    manifestChanged: manifestText !== before.manifestText,
    lockChanged: lockText !== before.lockText,
    locked: diffLocks(readLockPackages(before.lockText), readLockPackages(lockText)),
    plan,
    moved: plan.between.direction !== "same",
  };
}

// An empty transaction would take the place of the command that `undo` takes back.
async function isIdle(
  world: EnvironmentWorld,
  { manifestText, manifest, lockText }: EnvironmentState,
  plan: UpdatePlan,
): Promise<boolean> {
  const { git, environment: { venv, comfyui }, workspace } = world;
  return plan.manifestText === manifestText && await isUndisturbed(workspace) &&
    await hasRepository(comfyui) &&
    await git.resolve(comfyui, "HEAD") === plan.to.commit &&
    await isVenvCurrent(venv, { manifest, lockText });
}
