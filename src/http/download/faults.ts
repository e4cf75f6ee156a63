import { basename } from "node:path";
import { ComfydockError, type ErrorKind, redact } from "../../base/mod.ts";
import { describeBody } from "../body.ts";
import { httpErrors } from "../errors.ts";
import type { WrongDigest } from "./digests.ts";
import { downloadErrors } from "./errors.ts";

/** The error for an answer whose length is not the one expected. */
export function lengthWrong(url: string, found: number, expected: number): ComfydockError {
  return fetchError(
    downloadErrors.DOWNLOAD_LENGTH_WRONG,
    url,
    `the file has ${found} bytes, expected ${expected}`,
    "Check the address, or name another source: it offers another file",
    { found, expected },
  );
}

/** The error for an answer that ended early, which may go better the next time. */
export function cutShort(url: string, found: number, expected: number): ComfydockError {
  return fetchError(
    downloadErrors.DOWNLOAD_LENGTH_WRONG,
    url,
    `the answer ended after ${found} of ${expected} bytes`,
    "Run the same command again to go on",
    { found, expected },
  );
}

/** The error for a file that is fetched anew each time. */
export function restarted(url: string, why: string): ComfydockError {
  return fetchError(
    downloadErrors.DOWNLOAD_LENGTH_WRONG,
    url,
    why,
    "Run the same command again, or name another source",
  );
}

/** The error for a file larger than is accepted. */
export function tooLarge(url: string, maxBytes: number): ComfydockError {
  return fetchError(
    httpErrors.HTTP_BODY_TOO_LARGE,
    url,
    `the file is larger than the ${maxBytes} bytes accepted`,
    "Check the address; what it names is not what was expected",
    { maxBytes },
  );
}

/** The error for a success that brings no file. */
export function unexpectedStatus(url: string, status: number): ComfydockError {
  return fetchError(
    httpErrors.HTTP_STATUS,
    url,
    `answered with ${status}, which brings no file`,
    "Check the URL",
    { status },
  );
}

/** The error for a page of HTML where a file was expected. */
export function pageInsteadOfFile(
  url: string,
  target: string,
  start: Uint8Array,
  contentType: string | null,
): ComfydockError {
  const found = describeBody(new TextDecoder().decode(start), contentType);
  return fetchError(
    downloadErrors.DOWNLOAD_NOT_A_FILE,
    url,
    `found ${found} where "${basename(target)}" was expected`,
    "Open the address in a browser: it may ask for a login, or be the page about the file instead of the file",
    { found },
  );
}

/** The error for a file whose digest does not hold. */
export function digestWrong(url: string, wrong: WrongDigest, aside: string): ComfydockError {
  const { algorithm, expected, found } = wrong;
  return fetchError(
    downloadErrors.DOWNLOAD_DIGEST_WRONG,
    url,
    `its ${algorithm} is ${found}, expected ${expected}`,
    `The file is kept as "${aside}"; name another source, or correct the digest if this is the file you want`,
    { algorithm, expected, found, aside },
  );
}

function fetchError(
  kind: ErrorKind,
  url: string,
  why: string,
  hint: string,
  details: Readonly<Record<string, unknown>> = {},
): ComfydockError {
  return new ComfydockError(kind, `Cannot fetch ${redact(url)}: ${why}`, {
    hint,
    details: { url: redact(url), ...details },
  });
}
