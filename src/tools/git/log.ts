/** A commit as `git log` tells it. */
export interface GitCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly email: string;
  /** ISO 8601 with time zone. */
  readonly date: string;
  readonly subject: string;
  /** Without the subject. */
  readonly body: string;
}

const FIELDS = 7;

/** Reads `git log -z` with {@linkcode LOG_FORMAT}; the records too are separated by NUL. */
export function parseGitLog(output: string): readonly GitCommit[] {
  const fields = output.split("\0");
  const commits: GitCommit[] = [];
  for (let at = 0; at + FIELDS <= fields.length; at += FIELDS) {
    const [commit, parents, author, email, date, subject, body] = fields.slice(at, at + FIELDS);
    commits.push({
      commit: commit!,
      parents: parents!.split(" ").filter((parent) => parent !== ""),
      author: author!,
      email: email!,
      date: date!,
      subject: subject!,
      body: body!.trimEnd(),
    });
  }
  return commits;
}

/** Reads `git --version`, such as `git version 2.39.5 (Apple Git-154)`. */
export function parseGitVersion(output: string): readonly [number, number] | undefined {
  const match = /git version (\d+)\.(\d+)/.exec(output);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}
