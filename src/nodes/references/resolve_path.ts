import { basename, join, resolve } from "node:path";
import { fileError } from "../../base/mod.ts";
import { readGitFacts } from "../disk/git_facts.ts";
import { readPackProject } from "../disk/pack_project.ts";
import { toNodeId } from "./node_id.ts";
import { refuse } from "./refuse.ts";
import type { ReferenceChoices, ReferenceWorld, ResolvedReference } from "./types.ts";

/**
 * Reads the pack that lies in a directory.
 *
 * @throws `FILE_NOT_FOUND`, `NODE_REFERENCE_INVALID` when it is no directory
 */
export async function resolvePath(
  { cwd, home }: Pick<ReferenceWorld, "cwd" | "home">,
  written: string,
  { dev }: ReferenceChoices,
): Promise<ResolvedReference> {
  const fromHome = /^~[/\\]/.test(written) && home !== undefined;
  const path = fromHome ? join(home, written.slice(2)) : resolve(cwd, written);
  const info = await Deno.stat(path).catch((error) => {
    throw fileError("Cannot add the node pack", path, error);
  });
  if (!info.isDirectory) {
    throw refuse(written, "it is a file", { hint: "Name the directory of the pack" });
  }
  const [project, facts] = await Promise.all([readPackProject(path), readGitFacts(path)]);
  const name = project?.name ?? basename(path);
  const shared = { id: toNodeId(name), name, path };
  if (dev) {
    const { repository, commit } = facts ?? {};
    return { target: { source: "development", ...shared, repository, commit }, notices: [] };
  }
  return {
    target: { source: "local", ...shared },
    notices: facts?.repository === undefined ? [] : [{
      code: "NODE_COPIED",
      message:
        `${name} is copied as it is, without its git history; name ${facts.repository} to follow the repository, or add --dev to leave it in place`,
    }],
  };
}
