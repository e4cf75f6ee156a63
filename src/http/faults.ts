import { ComfydockError, type ErrorKind, redact } from "../base/mod.ts";
import { describeBody, oneLine } from "./body.ts";
import { httpErrors } from "./errors.ts";
import type { Exchange } from "./redirect.ts";

/** Why an attempt failed, and what that means for another one. */
export interface Fault {
  readonly error: ComfydockError;
  /** Whether another attempt may succeed. */
  readonly passing: boolean;
  /** Whether the server certainly did nothing, so that even a POST may be repeated. */
  readonly untouched: boolean;
}

/** Names an exchange in a message, without secrets. */
export function nameExchange({ method, url }: Exchange): string {
  return `${method} ${redact(url.href)}`;
}

/**
 * Judges what the runtime threw while a request was sent or its answer read.
 *
 * @param error What was thrown; an error of ours passes unchanged and is final.
 */
export function transportFault(exchange: Exchange, error: unknown): Fault {
  if (error instanceof ComfydockError) return { error, passing: false, untouched: false };
  const url = redact(exchange.url.href);
  const reason = describeCause(error);
  const fail = (kind: ErrorKind, hint: string) =>
    new ComfydockError(kind, `Cannot fetch ${url}: ${reason}`, {
      hint,
      details: { url, reason },
      cause: error,
    });
  if (/certificate|UnknownIssuer/i.test(reason)) {
    const hint = "Name the PEM file of the authority that signed it in SSL_CERT_FILE, " +
      "or check the host name and this machine's clock";
    return { error: fail(httpErrors.NETWORK_UNTRUSTED, hint), passing: false, untouched: true };
  }
  if (error instanceof Deno.errors.NotCapable) {
    const hint = "Allow network access, for instance with deno run --allow-net";
    return { error: fail(httpErrors.NETWORK_UNREACHABLE, hint), passing: false, untouched: true };
  }
  const hint = "Check the network, the host name, and HTTP_PROXY, HTTPS_PROXY and NO_PROXY; " +
    "then run the same command again";
  return {
    error: fail(httpErrors.NETWORK_UNREACHABLE, hint),
    passing: true,
    untouched: /\(Connect\)/.test(causeText(error)),
  };
}

/** The fault of an attempt that took too long. */
export function timeoutFault(exchange: Exchange, timeoutMs: number): Fault {
  return lateFault(exchange, timeoutMs, `no whole answer within ${timeoutMs / 1_000} s`);
}

/** The fault of a transfer in which nothing came for too long. */
export function silenceFault(exchange: Exchange, timeoutMs: number): Fault {
  return lateFault(exchange, timeoutMs, `nothing came for ${timeoutMs / 1_000} s`);
}

function lateFault(exchange: Exchange, timeoutMs: number, what: string): Fault {
  const url = redact(exchange.url.href);
  const error = new ComfydockError(
    httpErrors.NETWORK_TIMEOUT,
    `Cannot fetch ${url}: ${what}`,
    { hint: "Check the network, then run the same command again", details: { url, timeoutMs } },
  );
  return { error, passing: true, untouched: false };
}

/**
 * The error for an answer whose status is not accepted.
 *
 * @param start The start of the body, which may hold the server's own words.
 */
export function statusError(
  exchange: Exchange,
  response: Response,
  start: Uint8Array,
): ComfydockError {
  const { status, statusText } = response;
  const words = serverWords(new TextDecoder().decode(start), response.headers.get("content-type"));
  const answered = `${status}${statusText ? ` ${oneLine(statusText)}` : ""}`;
  return new ComfydockError(
    httpErrors.HTTP_STATUS,
    `${nameExchange(exchange)} was answered with ${answered}${words ? `: ${words}` : ""}`,
    {
      hint: statusHint(status),
      details: { status, url: redact(exchange.url.href), method: exchange.method },
    },
  );
}

function serverWords(text: string, contentType: string | null): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return "";
    const fields = value as { message?: unknown; error?: unknown };
    const words = [fields.message, fields.error].find((field) => typeof field === "string");
    return words === undefined ? "" : oneLine(String(words));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text.trim() === "" ? "" : describeBody(text, contentType);
  }
}

function statusHint(status: number): string {
  if (status === 401 || status === 403) return "Check the credentials for this server";
  if (status === 404 || status === 410) return "Check the URL";
  if (status === 429) return "Wait a while, or ask for less at once";
  if (status >= 500) return "The server is at fault; run the same command again later";
  return "Check the request";
}

/** The last words of an error's chain, such as `Connection refused (os error 111)`. */
function describeCause(error: unknown): string {
  const text = causeText(error);
  const detail = text.split(/client error \(\w+\): /).at(-1) ?? text;
  return oneLine(detail.replace(/^(?:tcp connect error|dns error): /, ""));
}

function causeText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** The error for a request that `--offline` forbids. */
export function offlineError(url: URL): ComfydockError {
  return new ComfydockError(
    httpErrors.NETWORK_OFFLINE,
    `Cannot fetch ${redact(url.href)}: working offline`,
    {
      hint: "Run the command without --offline (or COMFYDOCK_OFFLINE)",
      details: { url: redact(url.href) },
    },
  );
}

/** The error for a request beyond the budget. */
export function budgetError(url: URL, budget: number): ComfydockError {
  return new ComfydockError(
    httpErrors.REQUEST_BUDGET_SPENT,
    `Cannot fetch ${redact(url.href)}: the budget of ${budget} requests is spent`,
    {
      hint: "Raise --request-budget, or run the command again to go on",
      details: { url: redact(url.href), budget },
    },
  );
}
