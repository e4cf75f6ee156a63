import { ComfydockError } from "../../base/mod.ts";
import type { GitTreeEntry } from "../../tools/mod.ts";
import { innerParts } from "../inner_path.ts";
import type { EnvironmentWorld } from "../types.ts";
import { branchErrors } from "./errors.ts";

const MAX_FILES = 20_000;

/**
 * Reads the files of a commit that may come from elsewhere.
 *
 * @returns The blob of each file by its path.
 * @throws `REVISION_UNSAFE` for links, submodules, paths that lead elsewhere, or far too many files
 */
export async function readSafeTree(
  { git, environment: { cec } }: EnvironmentWorld,
  commit: string,
): Promise<ReadonlyMap<string, string>> {
  const entries = await git.listTree(cec, commit);
  if (entries.length > MAX_FILES) throw unsafe(commit, `it has ${entries.length} files`);
  for (const entry of entries) {
    const why = problemOf(entry);
    if (why !== undefined) throw unsafe(commit, `${JSON.stringify(entry.path)} ${why}`);
  }
  return new Map(entries.map(({ path, objectId }) => [path, objectId]));
}

function problemOf({ path, kind }: GitTreeEntry): string | undefined {
  if (kind === "link" || kind === "submodule") return `is a ${kind}`;
  const parts = innerParts(path);
  return !parts || parts.some((part) => /^(\.git|git~1)[. ]*$/i.test(part))
    ? "is a path that leads elsewhere"
    : undefined;
}

function unsafe(commit: string, why: string): ComfydockError {
  return new ComfydockError(
    branchErrors.REVISION_UNSAFE,
    `Cannot take the files of ${commit.slice(0, 8)}: ${why}`,
    {
      hint: "Take it out of that history with git, then run the same command again",
      details: { commit },
    },
  );
}
