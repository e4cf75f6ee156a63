import { baseErrors, type ErrorKind } from "../../base/mod.ts";
import { toolErrors } from "../errors.ts";
import { ProcessError } from "../process_error.ts";

/** What a text of git's means, in our words. */
export interface Explanation {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly hint: string;
}

interface Rule {
  readonly kind: ErrorKind;
  readonly pattern: RegExp;
  /** Gets what the pattern captured. */
  readonly message: (captured: string) => string;
  readonly hint: (captured: string) => string;
}

const REJECTIONS: Readonly<Record<string, string>> = {
  "fetch first": "the branch has commits there that are not here",
  "non-fast-forward": "the branch has commits there that are not here",
  "stale info": "the branch has moved there since it was last seen here",
};

// The first rule that fits wins, so what is more exact stands before what is more general.
const RULES: readonly Rule[] = [
  {
    kind: baseErrors.DISK_FULL,
    pattern: /No space left on device|Out of diskspace|Disk quota exceeded|not enough space/,
    message: () => "Cannot change the repository: the disk is full",
    hint: () => "Free some room, then run the same command again",
  },
  {
    kind: baseErrors.FILE_UNWRITABLE,
    pattern:
      /[Uu]nable to (?:create|write|unlink)[^\n']*'([^']+)'?: (?:Read-only file system|Permission denied)|(?:cannot|could not|failed to) (?:lock|create|open|write|update)[^\n]*?'([^']+)'[^\n]*: (?:Read-only file system|Permission denied)|insufficient permission for adding an object to repository database (\S+)/,
    message: (path) => `Cannot write${path && ` "${path}"`}: it is read-only`,
    hint: () => "Check its permissions, or name another path",
  },
  {
    kind: toolErrors.GIT_PUSH_REJECTED,
    pattern: /! \[(?:remote )?rejected\][^\n]*\(([^\n]*)\)/,
    message: (why) => `Cannot push: ${REJECTIONS[why] ?? `the server refuses it (${why})`}`,
    hint: (why) =>
      Object.hasOwn(REJECTIONS, why)
        ? "Run comfydock pull, look at what came, then push again"
        : "Ask whoever keeps that repository, or push another branch",
  },
  {
    kind: toolErrors.GIT_FOREIGN_OWNER,
    pattern: /detected dubious ownership in repository at '([^']+)'/,
    message: (path) => `Cannot use the repository "${path}": it belongs to another user`,
    hint: (path) => `Run "git config --global --add safe.directory '${path}'" if you trust it`,
  },
  {
    kind: toolErrors.GIT_LOCKED,
    pattern: /Unable to create '([^']+\.lock)': File exists/,
    message: (path) => `Cannot use the repository: another git process holds "${path}"`,
    hint: (path) => `Wait for the other process; if none runs any more, delete "${path}"`,
  },
  {
    kind: toolErrors.GIT_LOCAL_CHANGES,
    pattern:
      /(?:local changes to|untracked working tree files|local changes).*would be (?:over|re)\w+[^\n]*\n((?:\t[^\n]+\n?)+)?/,
    message: (files) =>
      `Cannot change the working copy: changes that were not committed would be lost${
        files && `: ${files.trim().split(/\s*\n\s*/).join(", ")}`
      }`,
    hint: () => "Commit the changes or move them away, then run the same command again",
  },
  {
    kind: toolErrors.GIT_NO_IDENTITY,
    pattern:
      /Please tell me who you are|unable to auto-detect email|empty ident name|no (?:name|email) was given/,
    message: () => "Cannot commit: git does not know your name and e-mail address",
    hint: () =>
      `Run "git config --global user.name NAME" and "git config --global user.email ADDRESS"`,
  },
  {
    kind: toolErrors.GIT_REPOSITORY_DAMAGED,
    pattern:
      /(possible repository corruption on the remote side)|(?:loose object|object file) (?:[0-9a-f]+ \(stored in )?([^\s)]+)\)? is (?:corrupt|empty)|packfile (\S+) (?:cannot be accessed|is corrupt|index unavailable)/,
    message: (where) =>
      where.startsWith("possible")
        ? "Cannot fetch: the repository on the other side lacks objects that it should have"
        : `Cannot read the repository: "${where}" is damaged`,
    hint: () =>
      `Run "git fsck" in that repository; one that is a copy is best made anew from its source`,
  },
  {
    kind: toolErrors.GIT_AUTH_NEEDED,
    pattern:
      /could not read (?:Username|Password) for '([^']+)'|Authentication failed for '([^']+)'|(Permission denied \([\w,-]+\))|(Host key verification failed)|The requested URL returned error: 40[13]/,
    message: (server) =>
      `Cannot reach the repository: the server wants credentials${server && ` (${server})`}`,
    hint: () =>
      "Set up a credential helper or an SSH key, see that `git ls-remote URL` works without a question, then try again",
  },
  {
    kind: toolErrors.GIT_REPOSITORY_NOT_FOUND,
    pattern:
      /repository '([^']+)' (?:not found|does not exist)|'([^']+)' does not appear to be a git repository|(?:ERROR: )?(Repository not found)|The requested URL returned error: 404/,
    message: (url) => `Cannot find the repository${url && ` "${url}"`}`,
    hint: () => "Check the address; a private repository also answers this without credentials",
  },
  {
    kind: toolErrors.GIT_REF_NOT_FOUND,
    pattern:
      /couldn't find remote ref (\S+)|Remote branch (\S+) not found|pathspec '([^']+)' did not match|bad revision '([^']+)'|ambiguous argument '([^']+)'|not our ref (\S+)|reference is not a tree: (\S+)|unable to read tree \(?([0-9a-f]+)/,
    message: (ref) => `Cannot find "${ref}" in the repository`,
    hint: () => `Run "git ls-remote URL" to see the branches and tags there are`,
  },
  {
    kind: toolErrors.GIT_NETWORK,
    pattern:
      /Could not resolve host(?:name)?:? ?([^\s;]*)|Failed to connect to (\S+)|[Cc]onnect to (?:host )?(\S+) port|Connection (?:refused|timed out|reset)|Operation timed out|Network is unreachable|SSL certificate problem|early EOF|RPC failed|unexpected disconnect|unable to access '([^']+)'|The remote end hung up/,
    message: (host) => `Cannot reach the git server${host && ` "${host.replace(/[:.]$/, "")}"`}`,
    hint: () => "Check the network and the proxy settings, then run the same command again",
  },
  {
    kind: toolErrors.GIT_NO_REPOSITORY,
    pattern: /not a git repository/,
    message: () => "Cannot use git here: the directory is not a git repository",
    hint: () => "Check the path",
  },
];

/**
 * Reads what git wrote when it failed.
 *
 * @param stderr In English, as the runner makes git write.
 * @returns What it means; `undefined` for a text that is not known.
 */
export function explainGitError(stderr: string): Explanation | undefined {
  for (const { kind, pattern, message, hint } of RULES) {
    const match = pattern.exec(stderr);
    if (!match) continue;
    const captured = match.slice(1).find((group) => group !== undefined) ?? "";
    return { kind, message: message(captured), hint: hint(captured) };
  }
  return undefined;
}

/** Gives a failure of git the kind, message and hint that its text stands for; the text stays in the details. */
export function toGitError(error: unknown): unknown {
  if (!(error instanceof ProcessError) || error.code !== toolErrors.TOOL_FAILED.code) return error;
  const explained = explainGitError(error.end.stderr);
  if (!explained) return error;
  const { kind, message, hint } = explained;
  return new ProcessError(kind, message, error.spec, error.end, { hint });
}
