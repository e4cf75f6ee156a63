import { baseErrors, ComfydockError, forEachConcurrent, isKind, redact } from "../../base/mod.ts";
import { type HttpClient, httpErrors } from "../../http/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";
import type { FoundLink } from "./collect.ts";

/** Which addresses are followed, and how. */
export interface LinkChoice {
  /** Only addresses that begin with one of these; default all. */
  readonly allow?: readonly string[];
  /** Addresses, or beginnings of addresses, that are not followed. */
  readonly skip?: readonly string[];
  /** How long one answer may take, in milliseconds; default 20,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What became of an address. */
export interface LinkAnswer {
  readonly url: string;
  /** `unknown`: the server would not say, or could not be reached. */
  readonly state: "alive" | "dead" | "unknown" | "skipped";
  /** Of the answer, where there was one. */
  readonly status?: number;
  /** Why the state is not `alive`. */
  readonly reason?: string;
}

/** What following addresses brought. */
export interface LinkReport {
  /** In the order of the links. */
  readonly answers: readonly LinkAnswer[];
  readonly findings: readonly Finding[];
}

const AT_ONCE = 8;
// The server refuses HEAD or wants somebody to sign in: that says nothing of what is there.
const NO_VERDICT = new Set([401, 403, 405, 407, 451, 501]);
// Others, such as 429 and 503, pass: the client asks again before it gives up.
const ANSWERS = [400, 401, 403, 404, 405, 406, 407, 410, 451, 501];

/**
 * Follows addresses with HEAD, or GET where a server does not know HEAD; a server that is busy or wants credentials is
 * warned of, one that has nothing there is an error at each place.
 *
 * @throws `INTERRUPTED`, `NETWORK_OFFLINE`
 */
export async function followLinks(
  http: HttpClient,
  links: readonly FoundLink[],
  { allow, skip = [], timeoutMs = 20_000, signal }: LinkChoice = {},
): Promise<LinkReport> {
  const known = new Map<string, LinkAnswer>();
  const wanted = links.filter(({ url }) => {
    const chosen = !allow || allow.some((start) => url.startsWith(start));
    if (chosen && !skip.some((start) => url.startsWith(start))) return true;
    known.set(url, { url, state: "skipped", reason: chosen ? "on the list" : "not asked for" });
    return false;
  });
  await forEachConcurrent(wanted, async ({ url }) => {
    known.set(url, await ask(http, url, { timeoutMs, signal }));
  }, { limit: AT_ONCE, signal });
  const answers = links.flatMap(({ url }) => known.get(url) ?? []);
  return { answers, findings: links.flatMap((link) => verdict(link, known.get(link.url))) };
}

async function ask(
  http: HttpClient,
  url: string,
  { timeoutMs, signal }: Pick<LinkChoice, "timeoutMs" | "signal">,
): Promise<LinkAnswer> {
  const settings = { url, timeoutMs, signal, accept: ANSWERS };
  try {
    let { status } = await http.send({ ...settings, method: "HEAD" });
    if (status === 405 || status === 501) {
      // One byte tells as much as the whole file, which may have gigabytes.
      const headers = { range: "bytes=0-0" };
      status = await http.stream({
        request: () => ({ ...settings, method: "GET", headers }),
        receive: ({ status }) => Promise.resolve({ kind: "done", value: status }),
        progressed: () => false,
      });
    }
    if (status < 400) return { url, state: "alive", status };
    const state = NO_VERDICT.has(status) ? "unknown" : "dead";
    return { url, state, status, reason: `the server answers ${status}` };
  } catch (error) {
    if (!(error instanceof ComfydockError) || isFinal(error)) throw error;
    const dead = isKind(error, httpErrors.HTTP_URL_INVALID) || isUnresolved(error);
    const status = error.details?.status;
    return {
      url,
      state: dead ? "dead" : "unknown",
      ...(typeof status === "number" && { status }),
      reason: redact(error.message),
    };
  }
}

function isFinal(error: ComfydockError): boolean {
  return isKind(error, baseErrors.INTERRUPTED) || isKind(error, httpErrors.NETWORK_OFFLINE);
}

// A host that has no address is gone, not busy.
function isUnresolved({ message, cause }: ComfydockError): boolean {
  const why = `${message} ${cause instanceof Error ? cause.message : ""}`;
  return /failed to lookup address|Name or service not known|No such host|ENOTFOUND/i.test(why);
}

function verdict({ url, places }: FoundLink, answer: LinkAnswer | undefined): readonly Finding[] {
  if (!answer || answer.state === "alive" || answer.state === "skipped") return [];
  const code = answer.state === "dead" ? "E_DEAD_LINK" : "W_LINK_UNKNOWN";
  const what = answer.state === "dead" ? "leads to nothing" : "could not be checked";
  return places.map(({ file, line, path }) =>
    finding(
      code,
      { file, line, path },
      `"${redact(url)}" ${what}: ${answer.reason ?? "no reason given"}`,
      {
        details: { url: redact(url), status: answer.status },
      },
    )
  );
}
