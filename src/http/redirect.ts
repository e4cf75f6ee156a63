import { ComfydockError, redact } from "../base/mod.ts";
import { httpErrors } from "./errors.ts";

/** One exchange with a server: what is sent, and where to. */
export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** How many redirects are followed. */
export const MAX_REDIRECTS = 10;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const CREDENTIALS = /^(?:authorization|proxy-authorization|cookie2?)$|token|api-?key|secret|auth/i;
const ABOUT_THE_BODY = ["content-type", "content-length", "content-encoding", "content-language"];

/** Tells whether a status sends the client elsewhere. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** Tells whether a header carries a credential, judged by its name. */
export function isCredential(header: string): boolean {
  return CREDENTIALS.test(header);
}

/**
 * Reads a URL that may be requested.
 *
 * @throws `HTTP_URL_INVALID`
 */
export function parseUrl(text: string | URL): URL {
  const url = URL.canParse(String(text)) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new ComfydockError(
    httpErrors.HTTP_URL_INVALID,
    `Cannot request "${redact(String(text))}": not an http or https URL`,
    { hint: "Write the URL with its scheme, such as https://example.com/file" },
  );
}

/**
 * Plans the exchange that a redirect leads to.
 *
 * As browsers do (Fetch standard, "HTTP-redirect fetch"): 303, and 301 or 302 after a POST, go on with GET and no body;
 * 307 and 308 repeat what was sent. Credentials stay with the origin they were meant for.
 *
 * @param from The exchange that was answered with a redirect.
 * @param location The answer's `Location`.
 * @throws `HTTP_REDIRECT` when the target is no http or https URL.
 */
export function planRedirect(from: Exchange, status: number, location: string): Exchange {
  const url = URL.canParse(location, from.url.href) ? new URL(location, from.url) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new ComfydockError(
      httpErrors.HTTP_REDIRECT,
      `Cannot follow the redirect of ${redact(from.url.href)} to "${redact(location)}": ` +
        "only http and https are followed",
      { details: { status, url: redact(from.url.href), location: redact(location) } },
    );
  }
  const headers = new Headers(from.headers);
  if (url.origin !== from.url.origin) {
    for (const name of [...headers.keys()].filter(isCredential)) headers.delete(name);
  }
  const toGet = status === 303 ? from.method !== "HEAD" : status < 303 && from.method === "POST";
  if (!toGet) return { ...from, url, headers };
  for (const name of ABOUT_THE_BODY) headers.delete(name);
  return { url, method: "GET", headers };
}

/** The error for a chain of redirects without end. */
export function tooManyRedirects(start: URL, last: URL): ComfydockError {
  return new ComfydockError(
    httpErrors.HTTP_REDIRECT,
    `Cannot fetch ${redact(start.href)}: more than ${MAX_REDIRECTS} redirects`,
    { details: { url: redact(start.href), last: redact(last.href) } },
  );
}
