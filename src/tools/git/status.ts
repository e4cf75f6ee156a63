/** What git knows of one path; letters as git writes them, `.` for unchanged. */
export interface GitStatusEntry {
  readonly path: string;
  readonly kind: "changed" | "renamed" | "unmerged" | "untracked" | "ignored";
  /** Difference of the index to HEAD. */
  readonly index: string;
  /** Difference of the file to the index. */
  readonly worktree: string;
  /** The old path of a rename. */
  readonly from?: string;
}

/** The state of a working copy. */
export interface GitStatus {
  /** The commit that HEAD names; absent before the first commit. */
  readonly commit?: string;
  /** The branch; absent when HEAD is detached. */
  readonly branch?: string;
  readonly entries: readonly GitStatusEntry[];
}

// How many fields stand before the path in each kind of record (git status, porcelain format version 2).
const FIELDS_BEFORE_PATH = { "1": 8, "2": 9, u: 10 } as const;

/** Reads `git status --porcelain=v2 -z --branch`. */
export function parseGitStatus(output: string): GitStatus {
  const entries: GitStatusEntry[] = [];
  let commit: string | undefined;
  let branch: string | undefined;
  const records = output.split("\0");
  for (let at = 0; at < records.length; at++) {
    const record = records[at]!;
    const type = record[0];
    if (type === "#") {
      const [, name, value] = record.split(" ");
      if (name === "branch.oid" && value !== "(initial)") commit = value;
      if (name === "branch.head" && value !== "(detached)") branch = value;
    } else if (type === "1" || type === "2" || type === "u") {
      const { fields, path } = splitFields(record, FIELDS_BEFORE_PATH[type]);
      const [index = ".", worktree = "."] = fields[1] ?? "";
      const kind = type === "1" ? "changed" : type === "2" ? "renamed" : "unmerged";
      const from = type === "2" ? records[++at] : undefined;
      entries.push({ path, kind, index, worktree, ...(from !== undefined && { from }) });
    } else if (type === "?" || type === "!") {
      const kind = type === "?" ? "untracked" : "ignored";
      entries.push({ path: record.slice(2), kind, index: type, worktree: type });
    }
  }
  return { commit, branch, entries };
}

function splitFields(record: string, count: number): { fields: readonly string[]; path: string } {
  const fields: string[] = [];
  let rest = record;
  for (let field = 0; field < count; field++) {
    const space = rest.indexOf(" ");
    fields.push(rest.slice(0, space));
    rest = rest.slice(space + 1);
  }
  return { fields, path: rest };
}

/** A file that differs between two revisions. */
export interface GitDifference {
  readonly path: string;
  /** `A` added, `M` modified, `D` deleted, `T` other type, `U` unmerged. */
  readonly change: string;
}

/** Reads `git diff --name-status --no-renames -z`. */
export function parseGitDiffNames(output: string): readonly GitDifference[] {
  const fields = output.split("\0");
  const differences: GitDifference[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    differences.push({ change: fields[at]!, path: fields[at + 1]! });
  }
  return differences;
}
