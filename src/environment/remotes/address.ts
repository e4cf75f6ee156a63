import { isAbsolute, resolve } from "node:path";
import { ComfydockError, redact, registerSecret } from "../../base/mod.ts";
import { remoteErrors } from "./errors.ts";

const MAX_LENGTH = 2_000;
// A scheme, or a host before the first colon as ssh has it; a single letter there is a drive.
const URL_SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)/i;
const SSH_SHAPE = /^(?:[^/\\:@\s]+@)?[^/\\:\s-][^/\\:\s]+:/;
const SCHEMES = new Set(["https", "http", "ssh", "git", "git+ssh", "file"]);

/**
 * Reads the address of a remote.
 *
 * Addresses with credentials are refused, because they would lie in a file that is not meant for secrets.
 *
 * @param text A URL, `git@host:user/repository`, or a path.
 * @param cwd Absolute path that a relative one starts from.
 * @throws `REMOTE_INVALID`
 */
export function readRemoteAddress(text: string, cwd: string): string {
  const value = text.trim();
  if (value === "" || value.length > MAX_LENGTH || /\p{Cc}|^-/u.test(value)) {
    throw refuse(value, "it is no address");
  }
  if (/^[a-z0-9][a-z0-9+.-]*::/i.test(value)) {
    throw refuse(value, "it names a program for git to run");
  }
  const [, scheme, authority = ""] = URL_SHAPE.exec(value) ?? [];
  if (scheme === undefined) {
    return SSH_SHAPE.test(value) && !isAbsolute(value) ? value : resolve(cwd, value);
  }
  if (!SCHEMES.has(scheme.toLowerCase())) throw refuse(value, `"${scheme}" is no way to a server`);
  const [user = "", ...password] = credentialsOf(authority);
  const isWeb = /^https?$/i.test(scheme);
  const secrets = isWeb ? [user, ...password] : password;
  if (secrets.some((secret) => secret !== "")) {
    secrets.forEach(registerSecret);
    throw refuse(
      value,
      "it holds credentials",
      "Leave them out, and set up a git credential helper or an SSH key",
    );
  }
  if (authority.slice(authority.lastIndexOf("@") + 1).startsWith("-")) {
    throw refuse(value, "its host begins like an option");
  }
  return value;
}

function credentialsOf(authority: string): readonly string[] {
  const at = authority.lastIndexOf("@");
  return at < 0 ? [] : authority.slice(0, at).split(":");
}

/** Whether what an address names can be reached without any network. */
export function isLocalAddress(address: string): boolean {
  const [, scheme] = URL_SHAPE.exec(address) ?? [];
  if (scheme !== undefined) return scheme.toLowerCase() === "file";
  return isAbsolute(address) || !SSH_SHAPE.test(address);
}

function refuse(
  value: string,
  why: string,
  hint = "Name a URL such as https://github.com/user/repository, or a path",
): ComfydockError {
  const shown = redact(value.slice(0, 200));
  return new ComfydockError(
    remoteErrors.REMOTE_INVALID,
    `Cannot use ${JSON.stringify(shown)} as a remote: ${why}`,
    { hint, details: { address: shown, reason: why } },
  );
}
