// The bound on the scheme keeps the search linear in texts without any blank.
const URL_CREDENTIALS = /([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@]+@/gi;
const QUERY_SECRETS =
  /[?&](?:(?:[\w-]{0,30}[_-])?(?:token|signature|credential)|api_key|apikey|key|sig|password)=/gi;
const KNOWN_TOKENS =
  /\b(hf_[A-Za-z0-9]{8,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|pypi-[\w-]{16,})|((?:[Bb]earer|BEARER|[Bb]asic|BASIC)\s+)[\w.~+/=-]{6,}/g;

const BLANK = /\s/;
const WORD = /[\p{L}\p{N}_]/u;

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
  let result = withoutQuerySecrets(text.replace(URL_CREDENTIALS, "$1***@"))
    .replace(KNOWN_TOKENS, (_match, _token, scheme) => `${scheme ?? ""}***`);
  for (const secret of secrets) result = result.replaceAll(secret, "***");
  return result;
}

/** Which quotes are open: double ones as in JSON, which end with their line, and single ones, which end with their word. */
interface Quotes {
  readonly double: boolean;
  readonly single: boolean;
}

/** Goes through the text once, however many secrets it has. */
function withoutQuerySecrets(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let open: Quotes = { double: false, single: false };
  QUERY_SECRETS.lastIndex = 0;
  for (let found = QUERY_SECRETS.exec(text); found; found = QUERY_SECRETS.exec(text)) {
    const start = QUERY_SECRETS.lastIndex;
    open = openQuotes(text, from, start, open);
    const end = endOfSecret(text, start, open);
    parts.push(text.slice(from, start), end > start ? "***" : "");
    from = QUERY_SECRETS.lastIndex = end;
  }
  return from === 0 ? text : parts.join("") + text.slice(from);
}

function openQuotes(text: string, from: number, to: number, before: Quotes): Quotes {
  let { double, single } = before;
  for (let at = from; at < to; at++) {
    const letter = text[at]!;
    if (letter === "\n") double = false;
    if (BLANK.test(letter)) single = false;
    else if (letter === "\\" && double) at++;
    else if (letter === '"') double = !double;
    else if (letter === "'") single = !single;
  }
  return { double, single };
}

/** A quote is a part of the secret, unless it ends the text that the address stands in. */
function endOfSecret(text: string, start: number, open: Quotes): number {
  let at = start;
  for (; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === "&" || BLANK.test(letter)) break;
    if (letter === "\\" && open.double) at++;
    const ends = letter === '"' ? open.double : letter === "'" && open.single;
    if (ends && !WORD.test(text[at + 1] ?? "")) break;
  }
  return Math.min(at, text.length);
}
