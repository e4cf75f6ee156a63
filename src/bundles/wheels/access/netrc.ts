/** What a `.netrc` says of a machine. */
export interface NetrcEntry {
  /** Absent for what holds on all machines that are not named. */
  readonly machine?: string;
  readonly login: string;
  readonly password: string;
}

/**
 * Reads a `.netrc`; macros and accounts are passed over, and so is what has no password.
 *
 * Format: https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
 */
export function parseNetrc(text: string): readonly NetrcEntry[] {
  const words = [...withoutMacros(text).matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)]
    .map(([, quoted, plain]) => quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
  const found: { machine?: string; login: string; password?: string }[] = [];
  for (let at = 0; at < words.length;) {
    const [word, value = ""] = [words[at++], words[at]];
    if (word === "default") found.push({ login: "" });
    if (!["machine", "login", "password", "account"].includes(word ?? "")) continue;
    at++;
    const entry = found.at(-1);
    if (word === "machine") found.push({ machine: value.toLowerCase(), login: "" });
    else if (word === "login" && entry) entry.login = value;
    else if (word === "password" && entry) entry.password = value;
  }
  return found.flatMap(({ password, ...rest }) =>
    password === undefined ? [] : { ...rest, password }
  );
}

/** The entry for a machine, else that for all others. */
export function findNetrc(entries: readonly NetrcEntry[], host: string): NetrcEntry | undefined {
  return entries.find(({ machine }) => machine === host) ??
    entries.find(({ machine }) => machine === undefined);
}

/** A macro goes on to the next empty line; what stands behind a number sign at the begin of a line is a remark. */
function withoutMacros(text: string): string {
  return text.replaceAll("\r", "").replace(/^\s*macdef[^]*?(?:\n\n|$(?![^]))/gm, "\n")
    .replace(/^\s*#.*$/gm, "");
}
