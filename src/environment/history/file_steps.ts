import { join } from "node:path";
import { lookAt, type Transaction } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";

/** What happens to one file of `.cec` on the way to a commit. */
export interface FileStep {
  /** Below `.cec`, with forward slashes. */
  readonly path: string;
  /** `write` puts the commit's content there, `remove` takes away what the commit does not have. */
  readonly action: "write" | "remove";
  /** Whether what is there is in no commit, so that it goes to the trash. */
  readonly trash: boolean;
}

/** Where a path of git's lies on this system. */
export function filePath(cec: string, path: string): string {
  return join(cec, ...path.split("/"));
}

/**
 * Brings files of `.cec` to what a commit has, as a part of a transaction.
 *
 * @param commit Full id.
 */
export async function applyFileSteps(
  { environment: { cec }, git, checkpoints }: EnvironmentWorld,
  transaction: Transaction,
  commit: string,
  steps: readonly FileStep[],
): Promise<void> {
  for (const { path, action, trash } of steps) {
    const target = filePath(cec, path);
    if (trash) await transaction.trash(target);
    if (action === "write") {
      const content = await git.readFile(cec, commit, path);
      if (content) await transaction.writeFile(target, content);
    } else if (await lookAt(target)) await transaction.remove(target);
    checkpoints.reach("rollback:file");
  }
}
