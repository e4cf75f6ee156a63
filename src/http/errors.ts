import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of the network. */
export const httpErrors: Readonly<
  Record<
    | "HTTP_STATUS"
    | "HTTP_BODY_TOO_LARGE"
    | "HTTP_BODY_INVALID"
    | "HTTP_REDIRECT"
    | "HTTP_URL_INVALID"
    | "NETWORK_UNREACHABLE"
    | "NETWORK_UNTRUSTED"
    | "NETWORK_TIMEOUT"
    | "NETWORK_OFFLINE"
    | "REQUEST_BUDGET_SPENT",
    ErrorKind
  >
> = defineErrors({
  HTTP_STATUS: { exit: ExitCode.network, meaning: "A server answered with an error status" },
  HTTP_BODY_TOO_LARGE: {
    exit: ExitCode.network,
    meaning: "An answer is larger than is accepted",
  },
  HTTP_BODY_INVALID: {
    exit: ExitCode.network,
    meaning: "An answer that should be JSON is something else",
  },
  HTTP_REDIRECT: {
    exit: ExitCode.network,
    meaning: "A server redirects in a circle or to where nothing may be fetched",
  },
  HTTP_URL_INVALID: { exit: ExitCode.usage, meaning: "A URL that was given cannot be requested" },
  NETWORK_UNREACHABLE: {
    exit: ExitCode.network,
    meaning: "No connection could be made, or it broke each time",
  },
  NETWORK_UNTRUSTED: {
    exit: ExitCode.network,
    meaning: "A server's certificate is not trusted",
  },
  NETWORK_TIMEOUT: { exit: ExitCode.network, meaning: "A server did not answer in time" },
  NETWORK_OFFLINE: {
    exit: ExitCode.network,
    meaning: "Something would have to be fetched, and --offline forbids it",
  },
  REQUEST_BUDGET_SPENT: {
    exit: ExitCode.network,
    meaning: "The requests allowed by --request-budget have been made",
  },
});
