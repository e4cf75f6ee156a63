import { redact } from "../../base/mod.ts";
import { isCredential } from "../redirect.ts";
import type { CachedRequest } from "./types.ts";

const SECRET_PARAMETER =
  /^(?:x-amz-|x-goog-)|token|api-?_?key|^key$|secret|sig$|signature|password/i;

/**
 * The name under which the answer of a request is kept: its URL without credentials.
 *
 * @returns Nothing when the answer may not be kept: not a GET, a part of a file, or made for a holder of credentials.
 */
export function answerKey(request: CachedRequest): string | undefined {
  const { method = "GET", headers = {}, keepPrivate = false } = request;
  if (method !== "GET" || !URL.canParse(String(request.url))) return undefined;
  const names = Object.keys(headers);
  if (names.some((name) => /^(?:range|if-)/i.test(name))) return undefined;
  const url = new URL(request.url);
  const secret = [...url.searchParams.keys()].filter((name) => SECRET_PARAMETER.test(name));
  const isPrivate = url.username !== "" || url.password !== "" || secret.length > 0 ||
    names.some(isCredential);
  if (isPrivate && !keepPrivate) return undefined;
  url.username = url.password = url.hash = "";
  for (const name of secret) url.searchParams.delete(name);
  const key = redact(url.href);
  // A registered secret in the path itself: two holders must not share an answer.
  return key === url.href ? key : undefined;
}
