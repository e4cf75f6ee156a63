import { throwIfAborted } from "../../base/mod.ts";
import { checkDisk } from "./check_disk.ts";
import { checkEnvironments } from "./check_environments.ts";
import { checkIndexes } from "./check_indexes.ts";
import { checkCredentials, checkJournal } from "./check_journal.ts";
import { checkLeftovers } from "./check_leftovers.ts";
import { checkNetwork } from "./check_network.ts";
import { checkGit, checkTorch, checkUv } from "./check_tools.ts";
import { checkWorkspace } from "./check_workspace.ts";
import type { Check, DoctorWorld, Finding } from "./types.ts";

/** All sides that are looked at, in the order in which people read of them. */
const CHECKS: readonly Check[] = [
  checkGit,
  checkUv,
  checkDisk,
  checkWorkspace,
  checkEnvironments,
  checkJournal,
  checkLeftovers,
  checkIndexes,
  checkCredentials,
  checkTorch,
  checkNetwork,
];

/**
 * Looks at a workspace and its machine; nothing is changed.
 *
 * @throws `INTERRUPTED`
 */
export async function diagnose(world: DoctorWorld): Promise<readonly Finding[]> {
  throwIfAborted(world.signal);
  return (await Promise.all(CHECKS.map((check) => check(world)))).flat();
}
