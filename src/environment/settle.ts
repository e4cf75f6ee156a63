import { isUndisturbed } from "../workspace/mod.ts";
import { changeEnvironment } from "./change.ts";
import type { EnvironmentWorld } from "./types.ts";

/**
 * Ends what a command left that was cut off, so that a plan can be made from the environment as it is.
 *
 * @param command The command that is about to plan.
 * @throws `LOCKED`, `JOURNAL_PENDING`, `JOURNAL_DAMAGED`
 */
export async function settleInterrupted(world: EnvironmentWorld, command: string): Promise<void> {
  if (await isUndisturbed(world.workspace)) return;
  await changeEnvironment(world, { command, undoable: false }, () => Promise.resolve());
}
