import { readManifest } from "../../pyproject/mod.ts";
import { isUndisturbed } from "../../workspace/mod.ts";
import { changeEnvironment } from "../change.ts";
import { hasFollowed } from "../followers/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { diffLocks, isVenvCurrent, readLockPackages } from "../venv/mod.ts";
import { applyManifest, type ManifestReport, NOTHING_CHANGED } from "./apply.ts";
import { resolveManifest } from "./resolve.ts";

/** A plan that comes to a new manifest. */
export interface ManifestPlan {
  /** The whole new text; the old one when there is nothing to do. */
  readonly manifestText: string;
}

/** An edit of the manifest, as a command asks for it. */
export interface ManifestEditRequest<Plan extends ManifestPlan> {
  /** Such as `py add`. */
  readonly command: string;
  /** Decides from what the files of the environment say; may be called twice. */
  readonly plan: (state: EnvironmentState) => Plan | Promise<Plan>;
  /** Whether `.venv` follows; by default it does. */
  readonly sync?: boolean;
  /** Whether nodes and workflows follow after `.venv`; by default they stay. */
  readonly follow?: boolean;
  /** Only tells what would be done. */
  readonly dryRun?: boolean;
}

/** What an edit of the manifest decided and came to. */
export interface ManifestEditReport<Plan extends ManifestPlan> extends ManifestReport {
  readonly plan: Plan;
}

/**
 * Edits the manifest of an environment, with all that follows from it: lock and packages; all of it or nothing.
 *
 * A trial resolution comes first, and a dry run ends with it. Where nothing differs, nothing is started.
 *
 * @throws what the plan throws, `PACKAGE_CONFLICT` and what else uv finds, `LOCKED`
 */
export async function editEnvironment<Plan extends ManifestPlan>(
  world: EnvironmentWorld,
  { command, plan, sync = true, follow = false, dryRun = false }: ManifestEditRequest<Plan>,
): Promise<ManifestEditReport<Plan>> {
  if (dryRun) return await preview(world, plan);
  const idle = await findIdle(world, { command, plan, sync, follow });
  if (idle) return { ...NOTHING_CHANGED, plan: idle };
  return await changeEnvironment(world, { command }, async (transaction) => {
    const before = await readEnvironmentState(world);
    const decided = await plan(before);
    const { manifestText } = decided;
    return {
      ...await applyManifest(world, transaction, { before, manifestText, command, sync, follow }),
      plan: decided,
    };
  });
}

async function preview<Plan extends ManifestPlan>(
  world: EnvironmentWorld,
  plan: ManifestEditRequest<Plan>["plan"],
): Promise<ManifestEditReport<Plan>> {
  const before = await readEnvironmentState(world);
  const decided = await plan(before);
  const { manifestText } = decided;
  const manifest = readManifest(manifestText, world.environment.manifest);
  const lockText = await resolveManifest(world, { manifestText, manifest, before });
  return {
    ...NOTHING_CHANGED,
    manifestChanged: manifestText !== before.manifestText,
    lockChanged: lockText !== before.lockText,
    locked: diffLocks(readLockPackages(before.lockText), readLockPackages(lockText)),
    plan: decided,
  };
}

// An empty transaction would take the place of the command that `undo` takes back.
async function findIdle<Plan extends ManifestPlan>(
  world: EnvironmentWorld,
  { command, plan, sync, follow }: ManifestEditRequest<Plan>,
): Promise<Plan | undefined> {
  if (!await isUndisturbed(world.workspace)) return undefined;
  const before = await readEnvironmentState(world);
  const decided = await plan(before);
  if (decided.manifestText !== before.manifestText || before.lockText === undefined) {
    return undefined;
  }
  const { manifest, manifestText, lockText } = before;
  if (follow && !await hasFollowed({ world, command, manifest })) return undefined;
  if (await isVenvCurrent(world.environment.venv, { manifest, lockText })) return decided;
  if (sync) return undefined;
  const resolved = await resolveManifest(world, { manifest, manifestText, before });
  return resolved === lockText ? decided : undefined;
}
