/** One request, described as a value. */
export interface HttpRequest {
  /** An http or https URL. */
  readonly url: string | URL;
  /** Default `GET`. */
  readonly method?: "GET" | "POST" | "HEAD";
  /** Credentials among them stay with the origin of `url`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is; a JSON body brings its own `content-type` header. */
  readonly body?: string;
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
  /** How many requests went out so far, repetitions included. */
  readonly requestCount: number;
  /** Requests that may still go out under the budget; `Infinity` without one. */
  readonly budgetLeft: number;
}
