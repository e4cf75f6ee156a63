import { ComfydockError, redact } from "../base/mod.ts";
import { bundleErrors } from "./errors.ts";

/** What names this machine and must not leave it. */
export interface PrivateFacts {
  /** Absolute paths: of the workspace, the models, the home directory. */
  readonly paths: readonly string[];
  /** The name of this machine. */
  readonly host: string;
}

const ABSOLUTE = /^(?:\/(?!\/)[^\s/]|[a-z]:[\\/]|\\\\|file:)/i;

/**
 * Refuses a text that holds a secret, a path below one of this machine's, or a URL to this machine.
 *
 * @param path What the file is called in the bundle.
 * @throws `BUNDLE_PRIVATE`
 */
export function refusePrivateText(path: string, text: string, facts: PrivateFacts): void {
  const secret = findSecret(text);
  if (secret !== undefined) throw refused(path, "it holds a secret", lineOf(text, secret));
  for (const place of facts.paths.filter((one) => one.length > 3)) {
    // In JSON and TOML a backslash is written twice.
    for (const written of new Set([place, JSON.stringify(place).slice(1, -1)])) {
      const at = indexOfPath(text, written);
      if (at >= 0) throw refused(path, "it names a path of this machine", lineOf(text, at));
    }
  }
  const at = text.search(new RegExp(`://${escape(facts.host)}(?=[:/.\\s"']|$)`, "i"));
  if (facts.host !== "" && facts.host !== "localhost" && at >= 0) {
    throw refused(path, "it names this machine", lineOf(text, at));
  }
}

/**
 * Refuses data that holds an absolute path anywhere, for files in which nothing but addresses may stand.
 *
 * @param data What was parsed from the file.
 * @throws `BUNDLE_PRIVATE`
 */
export function refuseAbsolutePaths(path: string, data: unknown, at = ""): void {
  if (typeof data === "string") {
    if (ABSOLUTE.test(data)) throw refused(path, `${at || "it"} is a path of this machine`);
    return;
  }
  if (typeof data !== "object" || data === null) return;
  for (const [key, value] of Object.entries(data)) {
    refuseAbsolutePaths(path, value, at === "" ? key : `${at}.${key}`);
  }
}

/** Whether a text is a path of this machine rather than an address. */
export function isAbsolutePath(text: string): boolean {
  return ABSOLUTE.test(text);
}

function indexOfPath(text: string, path: string): number {
  for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
    if (!/[\w.-]/.test(text[at + path.length] ?? "") && !/[\w.-]/.test(text[at - 1] ?? "")) {
      return at;
    }
  }
  return -1;
}

// Text by text: what is between quotes belongs together, and no credential reaches across them.
function findSecret(text: string): number | undefined {
  let at = 0;
  for (const piece of text.split(/["\n]/)) {
    // The user of an address of ssh is no secret.
    const plain = piece.replace(/((?:git\+)?ssh:\/\/)[\w.-]+@/gi, "$1");
    if (redact(plain) !== plain) return at;
    at += piece.length + 1;
  }
  return undefined;
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

function escape(text: string): string {
  return text.replace(/[^\w]/g, "\\$&");
}

function refused(path: string, why: string, line?: number): ComfydockError {
  const where = line === undefined ? path : `${path}:${line}`;
  return new ComfydockError(
    bundleErrors.BUNDLE_PRIVATE,
    `Cannot export ${where}: ${why}`,
    { hint: `Take it out of ${path}, then run the same command again`, details: { path, line } },
  );
}
