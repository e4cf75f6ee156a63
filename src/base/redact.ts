// The bound on the scheme keeps the search linear in texts without any blank.
const URL_CREDENTIALS = /([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@]+@/gi;
const QUERY_SECRETS =
  /([?&](?:(?:[\w-]{0,30}[_-])?(?:token|signature|credential)|api_key|apikey|key|sig|password)=)[^&\s"']+/gi;
const KNOWN_TOKENS =
  /\b(hf_[A-Za-z0-9]{8,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|pypi-[\w-]{16,})|((?:[Bb]earer|BEARER|[Bb]asic|BASIC)\s+)[\w.~+/=-]{6,}/g;

const secrets = new Set<string>();

/** Registers a secret value; every later text that passes {@linkcode redact} loses it. */
export function registerSecret(value: string): void {
  if (value.length >= 4) secrets.add(value);
}

/** Whether an address, or a text with one in it, holds a secret; the user of an SSH server is none. */
export function holdsCredentials(text: string): boolean {
  const plain = text.replace(/((?:git\+)?ssh:\/\/)[^\s/@:]+@/gi, "$1");
  return redact(plain) !== plain;
}

/**
 * Removes secrets from a text before it is shown or stored.
 *
 * Credentials in URLs, secret query parameters, well-known token shapes and registered values become `***`.
 */
export function redact(text: string): string {
  let result = text
    .replace(URL_CREDENTIALS, "$1***@")
    .replace(QUERY_SECRETS, "$1***")
    .replace(KNOWN_TOKENS, (_match, _token, scheme) => `${scheme ?? ""}***`);
  for (const secret of secrets) result = result.replaceAll(secret, "***");
  return result;
}
