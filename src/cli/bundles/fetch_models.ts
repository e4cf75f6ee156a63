import { baseErrors, ComfydockError, isKind } from "../../base/mod.ts";
import { downloadManifestModels } from "../../environment/models/mod.ts";
import type { EnvironmentWorld } from "../../environment/world/mod.ts";
import type { CommandContext } from "../types.ts";

/**
 * Fetches the models that did not come along; the environment is made already.
 *
 * @returns The keys of those that are here now.
 * @throws `INTERRUPTED` with the command that goes on, because another import would not
 */
export async function fetchModels(
  context: Pick<CommandContext, "warn">,
  world: EnvironmentWorld,
): Promise<readonly string[]> {
  const request = { names: [], all: true, dryRun: false };
  const { outcomes } = await downloadManifestModels(world, request).catch((error) => {
    if (!isKind(error, baseErrors.INTERRUPTED)) throw error;
    const { message, details, cause } = error;
    const hint =
      `Run comfydock model download --all --env ${world.environment.name}, which fetches the rest`;
    throw new ComfydockError(baseErrors.INTERRUPTED, message, { hint, details, cause });
  });
  for (const outcome of outcomes) {
    if (outcome.kind === "failed") context.warn(outcome.error.code, outcome.error.message);
  }
  return outcomes.filter(({ kind }) => kind !== "failed").map(({ key }) => key);
}
