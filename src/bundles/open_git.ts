import { join } from "node:path";
import { ComfydockError, fileError } from "../base/mod.ts";
import type { EnvironmentWorld } from "../environment/mod.ts";
import { type RemoteRefs, type ResolvedRef, resolveRef, toolErrors } from "../tools/mod.ts";
import { lookAt, removeTree } from "../workspace/mod.ts";
import { makeScratch } from "./drafts.ts";
import { invalidBundle } from "./faults.ts";
import type { GitReference } from "./reference.ts";
import type { BundleSource } from "./types.ts";

/**
 * Opens an environment that lies in a git repository, by a clone in a scratch directory; nothing of it is run.
 *
 * @param open Opens the directory.
 * @throws `GIT_REF_NOT_FOUND`, `BUNDLE_INVALID`, and git's errors such as `GIT_NETWORK`
 */
export async function openRepository(
  world: EnvironmentWorld,
  { url, shown, ref, subdirectory }: GitReference,
  open: (directory: string, named: string) => Promise<BundleSource>,
): Promise<BundleSource> {
  const { git, report, checkpoints } = world;
  const scratch = await makeScratch(world, "import-repository");
  try {
    report.emit({ kind: "started", id: "clone", label: `Fetching ${shown}` });
    const refs = await git.remoteRefs(url);
    const found = ref === undefined ? mainBranch(refs) : resolveRef(refs, ref);
    const commit = found?.commit ?? (ref === undefined ? refs.head : undefined);
    if (commit === undefined) throw refNotFound(shown, ref);
    const mirror = join(scratch, "mirror.git");
    await git.updateMirror(mirror, url);
    if (await git.resolve(mirror, commit) === undefined) await git.fetchCommit(mirror, url, commit);
    const tree = join(scratch, "tree");
    await git.cloneMirror(mirror, tree, { commit, origin: shown, exact: true });
    checkpoints.reach("import:cloned");
    await requireSubdirectory(tree, shown, subdirectory);
    const named = `${shown}@${commit}${subdirectory ? `#${subdirectory.join("/")}` : ""}`;
    const opened = await open(join(tree, ...subdirectory ?? []), named);
    const branch = found?.kind === "branch" ? found.name : undefined;
    // The history of a part of a repository is none of an environment.
    const history = subdirectory || opened.content.foreign || await lookAt(join(tree, ".cec"))
      ? undefined
      : { mirror, url: shown, commit, branch };
    return { ...opened, history, [Symbol.asyncDispose]: () => removeTree(scratch) };
  } catch (error) {
    await removeTree(scratch);
    throw error;
  } finally {
    report.emit({ kind: "finished", id: "clone" });
  }
}

/** The branch that HEAD names there, else one of comfydock's own name: a repository may be older than its first push. */
function mainBranch(
  { branches, defaultBranch, head }: RemoteRefs,
): Pick<ResolvedRef, "kind" | "name" | "commit"> | undefined {
  const named = (name: string | undefined) => branches.find((branch) => branch.name === name);
  const branch = named(defaultBranch) ?? branches.find(({ commit }) => commit === head) ??
    named("main") ?? (branches.length === 1 ? branches[0] : undefined);
  return branch && { kind: "branch", ...branch };
}

// Each part of the way has to be a directory itself; a link could lead out of the repository.
async function requireSubdirectory(
  tree: string,
  shown: string,
  parts: readonly string[] = [],
): Promise<void> {
  for (let depth = 1; depth <= parts.length; depth++) {
    const path = join(tree, ...parts.slice(0, depth));
    const info = await Deno.lstat(path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw fileError("Cannot read", path, error);
    });
    if (!info?.isDirectory) throw invalidBundle(shown, `it has no directory "${parts.join("/")}"`);
  }
}

function refNotFound(shown: string, ref: string | undefined): ComfydockError {
  return new ComfydockError(
    toolErrors.GIT_REF_NOT_FOUND,
    ref === undefined
      ? `Cannot import ${shown}: the repository is empty`
      : `Cannot import ${shown}: it has no branch, tag or commit "${ref}"`,
    { hint: "Name a branch, a tag or a whole commit behind @", details: { source: shown, ref } },
  );
}
