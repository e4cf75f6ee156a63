import {
  type Clock,
  isKind,
  registerSecret,
  type Reporter,
  silentReporter,
  systemClock,
} from "../base/mod.ts";
import { type Attempt, attempt, type AttemptLimits, type Receive } from "./attempt.ts";
import { httpErrors } from "./errors.ts";
import { budgetError, type Fault, nameExchange, offlineError } from "./faults.ts";
import { HostGate } from "./gate.ts";
import { onPause, onRefused, onSuccess } from "./limiter.ts";
import {
  type Exchange,
  isCredential,
  MAX_REDIRECTS,
  parseUrl,
  planRedirect,
  tooManyRedirects,
} from "./redirect.ts";
import { receiveOpen, receiveWhole } from "./receive.ts";
import { backoffMs, defaultRetryRules, parseRetryAfter, type RetryRules } from "./retry.ts";
import { linkSignals } from "./signals.ts";
import { createTransport, type Transport } from "./transport.ts";
import type { HttpClient, HttpRequest, HttpResponse, Streaming } from "./types.ts";

/** How a client behaves; everything has a default. */
export interface HttpClientOptions {
  /** Refuse every request with `NETWORK_OFFLINE`. */
  readonly offline?: boolean;
  /** Origins on this machine's loopback, such as `http://127.0.0.1:8188`, that are reached although `offline`. */
  readonly ownServers?: readonly string[];
  /** Requests per second and host that are never exceeded; default without limit. */
  readonly rate?: number;
  /** Requests under way at once per host; default 10. */
  readonly concurrency?: number;
  /** Repetitions of a failed request; default 5. */
  readonly retries?: number;
  /** Requests that may go out in all, repetitions and redirects included; default without limit. */
  readonly requestBudget?: number;
  /** How long one attempt may take, in milliseconds; default 60,000. */
  readonly timeoutMs?: number;
  /** The largest body accepted, in bytes; default 64 MiB. */
  readonly maxBytes?: number;
  /** Default `comfydock`. */
  readonly userAgent?: string;
  /** Time for pauses and pace; default the machine's. */
  readonly clock?: Clock;
  /** Numbers from 0 up to 1 for the jitter. */
  readonly random?: () => number;
  /** Reads an environment variable. */
  readonly env?: (name: string) => string | undefined;
  /** Told of repetitions (DEBUG) and of a pace that was lowered (INFO). */
  readonly report?: Reporter;
  /** Ends every request of this client. */
  readonly signal?: AbortSignal;
}

/** Repetitions of a request whose answer arrived whole and is not the JSON that was asked for. */
const INVALID_JSON_RETRIES = 2;

/** The pace needs a clock that is finer than a millisecond and never set back. */
const steadyClock: Clock = { now: () => performance.now(), sleep: systemClock.sleep };

/**
 * Creates the client that all network access goes through.
 *
 * @param options How it behaves.
 */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  return new Client(options);
}

class Client implements HttpClient {
  readonly #options: HttpClientOptions;
  readonly #rules: RetryRules;
  readonly #report: Reporter;
  readonly #transport: Transport;
  readonly #gates = new Map<string, HostGate>();
  #sent = 0;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#rules = { ...defaultRetryRules, retries: options.retries ?? defaultRetryRules.retries };
    this.#report = options.report ?? silentReporter;
    this.#transport = createTransport(options.env ?? ((name) => Deno.env.get(name)));
  }

  get requestCount(): number {
    return this.#sent;
  }

  get budgetLeft(): number {
    return Math.max(0, (this.#options.requestBudget ?? Infinity) - this.#sent);
  }

  send(request: HttpRequest): Promise<HttpResponse> {
    const maxBytes = request.maxBytes ?? this.#options.maxBytes ?? 64 * 1024 * 1024;
    const receive = receiveWhole(maxBytes, request.json ?? false);
    return this.#repeat(
      { request: () => request, progressed: () => false, bySilence: false },
      receive,
    );
  }

  stream<T>(streaming: Streaming<T>): Promise<T> {
    const request = () => streaming.request();
    const progressed = () => streaming.progressed();
    const receive = receiveOpen((answer) => streaming.receive(answer));
    return this.#repeat({ request, progressed, bySilence: true }, receive);
  }

  async #repeat<T>(work: Work, receive: Receive<T>): Promise<T> {
    let request = work.request();
    const { signal, release } = linkSignals(this.#options.signal, request.signal);
    try {
      for (let failed = 1;; failed++) {
        const exchange = this.#plan(request);
        const limits = {
          timeoutMs: request.timeoutMs ?? this.#options.timeoutMs ?? 60_000,
          bySilence: work.bySilence,
          accept: request.accept ?? [],
          signal,
        };
        const outcome = await this.#attempt(exchange, limits, receive);
        if (outcome.kind === "answered") return outcome.value;
        if (work.progressed()) failed = 1;
        if (!this.#mayRepeat(request, outcome.fault, failed)) throw outcome.fault.error;
        const pauseMs = outcome.paused
          ? 0
          : backoffMs(this.#rules, failed, (this.#options.random ?? Math.random)());
        this.#logRepetition(exchange, outcome.fault, failed, pauseMs);
        await (this.#options.clock ?? systemClock).sleep(pauseMs, signal);
        request = work.request();
      }
    } finally {
      release();
    }
  }

  #plan(request: HttpRequest): Exchange {
    const url = parseUrl(request.url);
    const headers = new Headers(request.headers);
    if (!headers.has("user-agent")) {
      headers.set("user-agent", this.#options.userAgent ?? "comfydock");
    }
    if (request.etag !== undefined) headers.set("if-none-match", request.etag);
    for (const [name, value] of headers) {
      if (isCredential(name)) registerSecret(value.replace(/^(?:bearer|basic|token)\s+/i, ""));
    }
    return { url, method: request.method ?? "GET", headers, body: request.body };
  }

  #mayRepeat(request: HttpRequest, fault: Fault, failed: number): boolean {
    const harmless = request.repeatable ?? (request.method ?? "GET") !== "POST";
    const most = request.retries ?? this.#rules.retries;
    const retries = isKind(fault.error, httpErrors.HTTP_BODY_INVALID)
      ? Math.min(INVALID_JSON_RETRIES, most)
      : most;
    return fault.passing && failed <= retries && (harmless || fault.untouched);
  }

  /** One attempt, with the redirects that it leads through. */
  async #attempt<T>(
    start: Exchange,
    limits: AttemptLimits,
    receive: Receive<T>,
  ): Promise<Outcome<T>> {
    let exchange = start;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const outcome = await this.#exchange(exchange, limits, receive);
      if (outcome.kind !== "redirected") return outcome;
      exchange = planRedirect(exchange, outcome.status, outcome.location);
    }
    throw tooManyRedirects(start.url, exchange.url);
  }

  async #exchange<T>(exchange: Exchange, limits: AttemptLimits, receive: Receive<T>) {
    this.#checkOffline(exchange.url);
    const gate = this.#gate(exchange.url);
    this.#checkBudget(exchange.url);
    const sentAt = await gate.enter(limits.signal);
    try {
      this.#checkBudget(exchange.url);
      this.#sent += 1;
      const outcome = await attempt(this.#transport, exchange, limits, receive);
      const paused = this.#learn(gate, exchange.url, outcome, sentAt);
      return outcome.kind === "failed" ? { ...outcome, paused } : outcome;
    } finally {
      gate.leave();
    }
  }

  /** Tells the host's gate what came; answers whether the gate now holds requests back. */
  #learn(gate: HostGate, url: URL, outcome: Attempt<unknown>, sentAt: number): boolean {
    const { status } = outcome;
    if (status === undefined) return false;
    const now = gate.now();
    const header = outcome.kind === "redirected" ? undefined : outcome.retryAfter;
    const retryAfterMs = parseRetryAfter(
      header ?? null,
      (this.#options.clock ?? systemClock).now(),
    );
    if (status === 429) {
      const before = gate.pace;
      gate.pace = onRefused(before, now, sentAt, retryAfterMs);
      if (gate.pace.refusedAt !== before.refusedAt) this.#logPace(url, gate.pace.rate);
      return true;
    }
    if (status < 500) gate.pace = onSuccess(gate.pace, now, sentAt);
    if (status < 500 || retryAfterMs === undefined) return false;
    gate.pace = onPause(gate.pace, now, retryAfterMs);
    return true;
  }

  #gate(url: URL): HostGate {
    let gate = this.#gates.get(url.origin);
    if (gate === undefined) {
      const { rate = Infinity, concurrency = 10, clock = steadyClock } = this.#options;
      gate = new HostGate({ rate, concurrency, clock });
      this.#gates.set(url.origin, gate);
    }
    return gate;
  }

  /** Asked for every hop, because a redirect may lead elsewhere. */
  #checkOffline(url: URL): void {
    const { offline = false, ownServers = [] } = this.#options;
    if (!offline || isLoopback(url) && ownServers.includes(url.origin)) return;
    throw offlineError(url);
  }

  #checkBudget(url: URL): void {
    const { requestBudget } = this.#options;
    if (requestBudget !== undefined && this.#sent >= requestBudget) {
      throw budgetError(url, requestBudget);
    }
  }

  #logRepetition(exchange: Exchange, fault: Fault, failed: number, pauseMs: number): void {
    const which = `repetition ${failed} of ${this.#rules.retries}`;
    const message =
      `Repeating ${nameExchange(exchange)} in ${Math.round(pauseMs)} ms (${which}): ` +
      fault.error.message;
    this.#report.emit({ kind: "logged", level: "DEBUG", message });
  }

  #logPace(url: URL, rate: number): void {
    const message = `${url.host} answered 429, going on with ${rate.toFixed(1)} requests a second`;
    this.#report.emit({ kind: "logged", level: "INFO", message });
  }
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

type Outcome<T> =
  | { readonly kind: "answered"; readonly value: T }
  | { readonly kind: "failed"; readonly fault: Fault; readonly paused: boolean };

/** A request that is made anew for each attempt. */
interface Work {
  readonly request: () => HttpRequest;
  readonly progressed: () => boolean;
  /** Whether the time-out bounds silence instead of the whole. */
  readonly bySilence: boolean;
}
