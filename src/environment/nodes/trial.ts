import { ComfydockError } from "../../base/mod.ts";
import { readManifest } from "../../pyproject/mod.ts";
import { resolveManifest } from "../manifest_change/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { planNodes } from "./plan.ts";
import type { NodeChange, NodeFailure } from "./types.ts";

/**
 * Finds the packs that can come in together: all, or as many as fit in the order in which they were named.
 *
 * @throws what is no conflict between packages
 */
export async function keepFitting(
  world: EnvironmentWorld,
  state: EnvironmentState,
  changes: readonly NodeChange[],
): Promise<{ readonly changes: readonly NodeChange[]; readonly failures: readonly NodeFailure[] }> {
  if (!await conflictOf(world, state, changes)) return { changes, failures: [] };
  const kept: NodeChange[] = [];
  const failures: NodeFailure[] = [];
  for (const change of changes) {
    const error = change.action === "kept"
      ? undefined
      : await conflictOf(world, state, [...kept, change]);
    if (error) failures.push({ named: change.id, error });
    else kept.push(change);
  }
  return { changes: kept, failures };
}

async function conflictOf(
  world: EnvironmentWorld,
  before: EnvironmentState,
  changes: readonly NodeChange[],
): Promise<ComfydockError | undefined> {
  const path = world.environment.manifest;
  const { manifestText } = planNodes(before, changes, path);
  try {
    await resolveManifest(world, {
      manifestText,
      manifest: readManifest(manifestText, path),
      before,
    });
    return undefined;
  } catch (error) {
    if (error instanceof ComfydockError && /^(PACKAGE|PYTHON)_/.test(error.code)) return error;
    throw error;
  }
}
