import type { CommandSpec } from "../command.ts";
import { gitCommand, type GitIdentity, READ_ONLY, requireRevision } from "./commands.ts";

/** The branches of a repository itself. */
const OWN = "refs/heads/";
/** What it last saw of the branches of its remotes. */
const TRACKED = "refs/remotes/";

/** Asks for all branches, own ones and those of remotes. */
export function gitBranchesCommand(cwd: string): CommandSpec {
  return gitCommand(
    ["for-each-ref", "--format=%(refname)%00%(objectname)%00%(upstream)", OWN, TRACKED],
    cwd,
    READ_ONLY,
  );
}

/** Asks whether git allows a branch of this name. */
export function gitCheckBranchNameCommand(name: string): CommandSpec {
  return gitCommand(["check-ref-format", `${OWN}${name}`]);
}

/** Sets a reference to a commit, or deletes it. */
export function gitSetRefCommand(cwd: string, ref: string, commit?: string): CommandSpec {
  return gitCommand(["update-ref", ...(commit ? [ref, commit] : ["-d", ref])], cwd);
}

/** Asks for the best common ancestor of two commits. */
export function gitMergeBaseCommand(cwd: string, one: string, other: string): CommandSpec {
  return gitCommand(
    ["merge-base", requireRevision(one), requireRevision(other)],
    cwd,
    READ_ONLY,
  );
}

/** Makes a commit of a tree, without moving a branch. */
export function gitCommitTreeCommand(
  cwd: string,
  tree: string,
  { message, parents, identity }: {
    readonly message: string;
    readonly parents: readonly string[];
    readonly identity?: GitIdentity;
  },
): CommandSpec {
  const who = identity
    ? ["-c", `user.name=${identity.name}`, "-c", `user.email=${identity.email}`]
    : [];
  return gitCommand(
    [...who, "commit-tree", ...parents.flatMap((parent) => ["-p", parent]), "-F", "-", tree],
    cwd,
    { stdin: message },
  );
}

/** A branch of the repository itself, or what it last saw of a remote's. */
export interface GitBranch {
  /** Such as `main`; of a remote's without the remote. */
  readonly name: string;
  /** Absent for own branches. */
  readonly remote?: string;
  readonly commit: string;
  /** The reference that the branch follows, such as `refs/remotes/origin/main`. */
  readonly upstream?: string;
}

/** Reads `for-each-ref`; what a remote calls its default branch is passed over. */
export function parseGitBranches(output: string): readonly GitBranch[] {
  const branches: GitBranch[] = [];
  for (const line of output.split("\n")) {
    const [ref = "", commit = "", upstream = ""] = line.split("\0");
    const follows = upstream === "" ? {} : { upstream };
    if (ref.startsWith(OWN)) branches.push({ name: ref.slice(OWN.length), commit, ...follows });
    else if (ref.startsWith(TRACKED)) {
      const [remote = "", ...name] = ref.slice(TRACKED.length).split("/");
      if (name.join("/") !== "HEAD") branches.push({ name: name.join("/"), remote, commit });
    }
  }
  return branches;
}
