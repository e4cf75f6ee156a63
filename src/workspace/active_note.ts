import { type JsonRecord, optional, readText } from "../base/mod.ts";
import type { NoteHandler } from "./journal/mod.ts";
import type { WorkspaceLayout } from "./layout.ts";
import { withActive } from "./open.ts";
import { readWorkspaceFile, writeWorkspaceFile } from "./workspace_file.ts";

/** The note of which environment is active; its data are `before` and `after` the command. */
export const ACTIVE_NOTE = "active-environment";

/**
 * The handler that makes the environment active again that was, unless somebody has chosen another one since.
 *
 * The settings in the same file are left as they are now. Whoever writes the note holds the lock of the workspace.
 */
export function activeHandler(layout: WorkspaceLayout): NoteHandler {
  const read = (data: JsonRecord, key: "before" | "after") =>
    optional(data[key], `$.${key}`, readText);
  return {
    async capture(data) {
      const { activeEnvironment } = await readWorkspaceFile(layout);
      return { before: activeEnvironment, after: read(data, "before") };
    },
    async restore(data) {
      const facts = await readWorkspaceFile(layout);
      if (facts.activeEnvironment !== read(data, "after")) return;
      await writeWorkspaceFile(layout, withActive(facts, read(data, "before")));
    },
  };
}
