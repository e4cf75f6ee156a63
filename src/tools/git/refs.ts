/** A branch or tag of a repository. */
export interface GitRef {
  readonly name: string;
  /** The commit; for an annotated tag the one that it points to. */
  readonly commit: string;
}

/** What a server says it has. */
export interface RemoteRefs {
  readonly branches: readonly GitRef[];
  readonly tags: readonly GitRef[];
  /** The branch that HEAD names. */
  readonly defaultBranch?: string;
  readonly head?: string;
}

/** Reads `git ls-remote --symref`; a line that is none of its own is passed over. */
export function parseLsRemote(output: string): RemoteRefs {
  const branches: GitRef[] = [];
  const tags = new Map<string, string>();
  let defaultBranch: string | undefined;
  let head: string | undefined;
  for (const line of output.split("\n")) {
    const symbolic = /^ref: refs\/heads\/(\S+)\tHEAD$/.exec(line);
    if (symbolic) defaultBranch = symbolic[1];
    const match = /^([0-9a-f]{40}|[0-9a-f]{64})\t(\S+)$/.exec(line);
    if (!match) continue;
    const [, commit = "", ref = ""] = match;
    if (ref === "HEAD") head = commit;
    else if (ref.startsWith("refs/heads/")) branches.push({ name: ref.slice(11), commit });
    else if (ref.endsWith("^{}")) tags.set(ref.slice(10, -3), commit);
    else if (ref.startsWith("refs/tags/")) tags.set(ref.slice(10), commit);
  }
  return {
    branches,
    tags: [...tags].map(([name, commit]) => ({ name, commit })),
    defaultBranch,
    head,
  };
}

/** What a wanted version came out as; the commit is what gets recorded. */
export interface ResolvedRef {
  readonly kind: "release" | "branch" | "commit";
  readonly name: string;
  readonly commit: string;
}

/**
 * Finds what a wanted version means: `latest`, a tag with or without `v`, a branch, or a commit.
 *
 * `latest` is the highest release, pre-releases left out; in a repository without releases, the default branch.
 * A full commit id is taken as it is. A short one is found only when a branch or tag points to it; for others
 * `undefined` comes back, and a mirror has to be asked.
 *
 * @param refs What the server has.
 * @param wanted What the user asked for.
 */
export function resolveRef(refs: RemoteRefs, wanted: string): ResolvedRef | undefined {
  if (wanted === "latest") return latestRelease(refs.tags) ?? defaultBranch(refs);
  const tag = refs.tags.find(({ name }) => name === wanted) ??
    refs.tags.find(({ name }) => name === `v${wanted}` || `v${name}` === wanted);
  if (tag) return { kind: "release", ...tag };
  const branch = refs.branches.find(({ name }) => name === wanted);
  if (branch) return { kind: "branch", ...branch };
  const id = wanted.toLowerCase();
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) return { kind: "commit", name: id, commit: id };
  if (!/^[0-9a-f]{7,63}$/.test(id)) return undefined;
  const commits = new Set(
    [...refs.branches, ...refs.tags].map(({ commit }) => commit).filter((c) => c.startsWith(id)),
  );
  const [commit] = commits;
  return commit !== undefined && commits.size === 1
    ? { kind: "commit", name: commit, commit }
    : undefined;
}

function defaultBranch(
  { branches, defaultBranch: name, head }: RemoteRefs,
): ResolvedRef | undefined {
  const branch = branches.find((candidate) => candidate.name === name) ??
    branches.find(({ commit }) => commit === head);
  return branch && { kind: "branch", ...branch };
}

/** The release tags, highest version first; with `preReleases` those too. */
export function releaseTags(
  tags: readonly GitRef[],
  options: { preReleases?: boolean } = {},
): readonly GitRef[] {
  return tags
    .map((tag) => ({ tag, version: parseVersion(tag.name) }))
    .filter((item): item is { tag: GitRef; version: Version } => item.version !== undefined)
    .filter(({ version }) => options.preReleases || version.pre === undefined)
    .sort((a, b) => compareVersions(b.version, a.version))
    .map(({ tag }) => tag);
}

function latestRelease(tags: readonly GitRef[]): ResolvedRef | undefined {
  const [latest] = releaseTags(tags);
  return latest && { kind: "release", ...latest };
}

interface Version {
  readonly numbers: readonly number[];
  /** Absent for a release. */
  readonly pre?: readonly string[];
}

function parseVersion(tag: string): Version | undefined {
  const match =
    /^v?(\d{1,9}(?:\.\d{1,9}){1,3})(?:[-.]?([a-z][0-9a-z.-]*|\d[0-9a-z.-]*))?(?:\+.*)?$/i
      .exec(tag);
  if (!match) return undefined;
  return { numbers: match[1]!.split(".").map(Number), pre: match[2]?.split(/[.-]/) };
}

// Order of semver.org §11; a missing number counts as 0.
function compareVersions(a: Version, b: Version): number {
  for (let at = 0; at < Math.max(a.numbers.length, b.numbers.length); at++) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (!a.pre || !b.pre) return a.pre ? -1 : b.pre ? 1 : 0;
  for (let at = 0; at < Math.max(a.pre.length, b.pre.length); at++) {
    const difference = comparePreParts(a.pre[at], b.pre[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function comparePreParts(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const numeric = [a, b].map((part) => /^\d+$/.test(part));
  if (numeric[0] && numeric[1]) return Number(a) - Number(b);
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
