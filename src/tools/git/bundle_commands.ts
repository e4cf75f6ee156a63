import type { CommandSpec } from "../command.ts";
import { gitCommand, requireObjectId } from "./commands.ts";

/**
 * Packs HEAD with its whole history into one file; https://git-scm.com/docs/git-bundle
 *
 * One thread, because several give other bytes each time.
 */
export function gitBundleCommand(cwd: string, file: string): CommandSpec {
  return gitCommand(["-c", "pack.threads=1", "bundle", "create", file, "HEAD"], cwd);
}

/** Fetches what a file of {@linkcode gitBundleCommand} holds; a reference of its own keeps it. */
export function gitFetchBundleCommand(mirror: string, file: string, commit: string): CommandSpec {
  const what = `+HEAD:refs/comfydock/${requireObjectId(commit)}`;
  return gitCommand(["fetch", "--progress", "--no-tags", "--", file, what], mirror);
}
