import { ComfydockError } from "../../base/mod.ts";
import { type FileChange, textChange } from "../changes/mod.ts";
import { templateErrors } from "../errors.ts";
import { decodeText, type RepositoryFiles } from "../repository/mod.ts";
import type { ReadyFile } from "./github_files.ts";

/** Tells our hook from those of others. */
const MARK = "comfydock templates hook run";

/** The text of the hook; git for Windows brings the shell for it. */
const HOOK = `#!/bin/sh
# Checks what is about to be committed; \`git commit --no-verify\` goes past it.
exec ${MARK}
`;

/**
 * The text that the hook shall have, or nothing where it is in place already.
 *
 * @param existing The hook that is there; absent where there is none.
 * @throws `E_HOOK_EXISTS` for a hook of someone else's
 */
export function planHook(existing: string | undefined): string | undefined {
  if (existing === undefined) return HOOK;
  if (existing === HOOK) return undefined;
  if (existing.includes(MARK)) return undefined;
  throw new ComfydockError(
    templateErrors.E_HOOK_EXISTS,
    "Cannot install the hook pre-commit: there is another one already",
    { hint: `Add the line \`${MARK}\` to it` },
  );
}

/** What has to be written so that a repository has ready-made files. */
export interface ReadyFilesPlan {
  readonly changes: readonly FileChange[];
  /** Files that are there already and are as they should be. */
  readonly same: readonly string[];
  /** Files that are there and differ; they stay as they are. */
  readonly kept: readonly string[];
}

/**
 * Compares ready-made files with those that are there.
 *
 * @param replace Paths whose files may be replaced; the caller has seen that git holds them.
 */
export async function planReadyFiles(
  files: RepositoryFiles,
  ready: readonly ReadyFile[],
  replace: ReadonlySet<string> = new Set(),
): Promise<ReadyFilesPlan> {
  const changes: FileChange[] = [];
  const same: string[] = [];
  const kept: string[] = [];
  for (const { path, text } of ready) {
    const content = await files.read(path);
    const before = content && decodeText(content);
    if (before?.replaceAll("\r\n", "\n") === text) same.push(path);
    else if (before !== undefined && !replace.has(path)) kept.push(path);
    else changes.push(...textChange(path, before, text));
  }
  return { changes, same, kept };
}
