const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$/;
const SCP = /^(?:([^@:/\\\s]+)@)?([^@:/\\\s]+):(?!\/\/)(.+)$/s;
const USER = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** An address that git reads from, in its parts. */
export interface GitAddress {
  readonly form: "url" | "scp";
  /** Lower case, such as `https`; `ssh` for `git@host:path`. */
  readonly scheme: string;
  /** Empty for `file:`. */
  readonly host: string;
  /** As it is written, without the slash or colon before it. */
  readonly path: string;
  /** All before the path. */
  readonly before: string;
}

/** Which addresses are accepted. */
export interface AddressRules {
  /** Whether `file:` is; never for what a repository itself names. */
  readonly file?: boolean;
}

/**
 * Takes a git address apart and refuses what git would obey as an option, a transport helper or a path of this machine.
 *
 * @returns The address, or the reason why it is none, which repeats nothing of the text.
 */
export function readGitAddress(text: string, rules: AddressRules = {}): GitAddress | string {
  if (/\p{Cc}|\s/u.test(text)) return "it holds blanks or control characters";
  if (text.startsWith("-")) return "it begins like an option";
  if (/^[a-z0-9+.-]*::/i.test(text)) return "it names a transport helper, which could run programs";
  const url = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(\/?)([^]*)$/i.exec(text);
  if (url) return readUrl(url, rules);
  const [, user, host = "", path = ""] = SCP.exec(text) ?? [];
  if (path === "") return "it is no address that git reads from";
  if (!HOST.test(host) || (user !== undefined && !USER.test(user))) return "its host is no host";
  if (path.startsWith("-")) return "its path begins like an option";
  const before = text.slice(0, text.length - path.length);
  return { form: "scp", scheme: "ssh", host: host.toLowerCase(), path, before };
}

function readUrl(match: RegExpExecArray, rules: AddressRules): GitAddress | string {
  const [, written = "", authority = "", slash = "", path = ""] = match;
  const scheme = written.toLowerCase();
  const before = `${scheme}://${authority}${slash}`;
  if (scheme === "file") {
    if (!rules.file) return "it names a path of this machine";
    if (authority !== "" && authority !== "localhost") return "it names a file of another machine";
    return path === "" ? "it has no path" : { form: "url", scheme, host: "", path, before };
  }
  if (!["https", "http", "ssh", "git"].includes(scheme)) {
    return `${scheme} is no scheme that node packs come by; https and ssh are`;
  }
  const at = authority.lastIndexOf("@");
  const user = at < 0 ? undefined : authority.slice(0, at);
  const [, host = "", port = ""] =
    /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.slice(at + 1)) ??
      [];
  if (!HOST.test(host) || Number(port) > 65_535) return "its host is no host";
  if (user !== undefined && !(scheme === "ssh" && USER.test(user))) {
    return "it carries credentials, which would be written down";
  }
  if (path === "") return "it has no path";
  return { form: "url", scheme, host: host.toLowerCase(), path, before };
}

/** Whether a text may name a branch, tag or commit (`git check-ref-format`, and never like an option). */
export function isRefName(text: string): boolean {
  return text.length <= 250 &&
    !/^[-/.]|[\s~^:?*[\\\p{Cc}]|\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)|[/.]$/u.test(text) &&
    text !== "" && text !== "@";
}

/** A path inside a repository in clean form; `undefined` when it could leave it or reach into `.git`. */
export function readInnerPath(text: string): string | undefined {
  const segments = text.replaceAll("\\", "/").split("/").filter((part) =>
    part !== "" && part !== "."
  );
  const bad = segments.some((part) =>
    part === ".." || /^\.git$|^git~1$|[\p{Cc}:]|^-|[. ]$/iu.test(part)
  );
  return bad || segments.length === 0 || text.length > 1_000 ? undefined : segments.join("/");
}
