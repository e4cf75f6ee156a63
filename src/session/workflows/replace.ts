import { exists, writeFileAtomic } from "../../base/mod.ts";
import { moveToTrash, type WorkspaceLayout } from "../../workspace/mod.ts";
import type { Session } from "../types.ts";

/**
 * Writes a file; another one that was there goes to the trash of the workspace.
 *
 * @param path Absolute.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function replaceFile(
  { clock }: Pick<Session, "clock">,
  workspace: WorkspaceLayout,
  path: string,
  content: string,
): Promise<void> {
  if (await exists(path)) {
    const at = new Date(clock.now()).toISOString();
    await moveToTrash(workspace, path, { command: "workflow export", at });
  }
  await writeFileAtomic(path, content);
}
