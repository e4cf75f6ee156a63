import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { fileError } from "../../base/mod.ts";
import { entriesIn, lookAt } from "../../workspace/disk/mod.ts";
import { readGitFacts } from "../disk/git_facts.ts";
import { readPackProject } from "../disk/pack_project.ts";
import { toNodeId } from "./node_id.ts";
import { refuse } from "./refuse.ts";
import type { ReferenceChoices, ReferenceWorld, ResolvedReference } from "./types.ts";

/**
 * Reads the pack that lies in a directory; of one that is no pack nothing more than its own entries is looked at.
 *
 * @throws `FILE_NOT_FOUND`, `NODE_REFERENCE_INVALID` when it is no directory, or no pack
 */
export async function resolvePath(
  { cwd, home, workspace }: Pick<ReferenceWorld, "cwd" | "home" | "workspace">,
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
  if (isWithin(workspace.root, path)) {
    throw refuse(written, `the workspace ${workspace.root} lies in it`, {
      hint: "Name the directory of the pack alone",
    });
  }
  await requirePack(path, written);
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

function isWithin(inner: string, outer: string): boolean {
  const path = relative(outer, inner);
  return path !== ".." && !/^\.\.[/\\]/.test(path) && !isAbsolute(path);
}

const MODULE = "__init__.py";
const LOOKED_AT = 1000;
const NAMED = 3;

/** ComfyUI loads a directory by its `__init__.py`, and passes over all others. */
async function requirePack(path: string, written: string): Promise<void> {
  if (await lookAt(join(path, MODULE))) return;
  const inner: string[] = [];
  for (const { name, isDirectory } of (await entriesIn(path)).slice(0, LOOKED_AT)) {
    if (inner.length === NAMED) break;
    if (isDirectory && await lookAt(join(path, name, MODULE))) inner.push(join(path, name));
  }
  throw refuse(written, `it has no ${MODULE}, which is what ComfyUI loads`, {
    hint: inner.length > 0
      ? `Name a pack in it, such as ${inner.sort().join(", ")}`
      : `Name the directory that has the pack's ${MODULE}`,
  });
}
