import type { ComfydockError } from "../base/mod.ts";

/** One request, described as a value. */
export interface HttpRequest {
  /** An http or https URL. */
  readonly url: string | URL;
  /** Default `GET`. */
  readonly method?: "GET" | "POST" | "HEAD" | "PATCH" | "DELETE";
  /** Credentials among them stay with the origin of `url`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is; a JSON body brings its own `content-type` header. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** The largest body accepted after decompression, in bytes. */
  readonly maxBytes?: number;
  /** How long one attempt may take in all, in milliseconds. */
  readonly timeoutMs?: number;
  /** Sent as `If-None-Match`; the answer may then be 304. */
  readonly etag?: string;
  /** Statuses besides 2xx and 304 that are answers, not errors, such as 404. */
  readonly accept?: readonly number[];
  /** A POST that only reads may be repeated after a failure; GET and HEAD always are. */
  readonly repeatable?: boolean;
  /** Repetitions at most; default the client's. */
  readonly retries?: number;
  /** The answer must be JSON; a 2xx that is not counts as a passing fault. */
  readonly json?: boolean;
  /** Ends the request with `INTERRUPTED`. */
  readonly signal?: AbortSignal;
}

/** A whole answer, its body read and within its limit. */
export interface HttpResponse {
  /** 2xx, 304, or one that the request accepts. */
  readonly status: number;
  /** As the server sent them. */
  readonly headers: Headers;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  /** The whole body, decompressed. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** For the next request's `etag`. */
  readonly etag?: string;
  /** The body as UTF-8. */
  text(): string;
  /** The body as JSON; throws `HTTP_BODY_INVALID` that says what came instead, such as a page of HTML. */
  json(): unknown;
}

/** An answer whose body is still coming in. */
export interface OpenAnswer {
  /** 2xx, 304, or one that the request accepts. */
  readonly status: number;
  /** As the server sent them. */
  readonly headers: Headers;
  /** Where the answer comes from, after redirects. */
  readonly url: string;
  /**
   * Waits for the next bytes of the body; `undefined` at its end.
   *
   * @param buffer Filled from its start and given away: the bytes that come back lie in the same memory.
   */
  read(buffer: ArrayBuffer): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** What receiving an answer came to: it is done, or the request has to be repeated. */
export type Received<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "again"; readonly error: ComfydockError };

/** A request whose answer is read as it comes in. */
export interface Streaming<T> {
  /** Makes the request, for each attempt anew. */
  request(): HttpRequest;
  /** Reads an answer; what it throws of ours is final, a transfer that breaks is repeated. */
  receive(answer: OpenAnswer): Promise<Received<T>>;
  /** Whether an attempt that failed got further than those before it; the repetitions are then counted anew. */
  progressed(): boolean;
}

/** The one way out to the network. */
export interface HttpClient {
  /**
   * Sends a request, repeating it on passing faults, and returns the whole answer.
   *
   * @throws `HTTP_STATUS`, `HTTP_BODY_TOO_LARGE`, `HTTP_BODY_INVALID`, `HTTP_REDIRECT`, `HTTP_URL_INVALID`,
   * `NETWORK_UNREACHABLE`, `NETWORK_UNTRUSTED`, `NETWORK_TIMEOUT`, `NETWORK_OFFLINE`, `REQUEST_BUDGET_SPENT`,
   * `INTERRUPTED`
   */
  send(request: HttpRequest): Promise<HttpResponse>;
  /**
   * Sends a request and hands over the answer while its body comes in, repeating it on passing faults.
   *
   * The request's `timeoutMs` bounds how long nothing may come, not how long all may take; `maxBytes` bounds nothing.
   *
   * @throws what {@linkcode HttpClient.send} throws, and what `receive` throws
   */
  stream<T>(streaming: Streaming<T>): Promise<T>;
  /** How many requests went out so far, repetitions included. */
  readonly requestCount: number;
  /** Requests that may still go out under the budget; `Infinity` without one. */
  readonly budgetLeft: number;
}
