import type { HttpClient, HttpRequest, HttpResponse } from "./types.ts";

/** An answer and the JSON value that it holds. */
export interface JsonAnswer {
  /** The whole answer. */
  readonly response: HttpResponse;
  /** `undefined` when the answer is 304. */
  readonly value: unknown;
}

/**
 * Sends a request whose answer must be JSON; one that is cut or something else is asked for again, a few times.
 *
 * @throws `HTTP_BODY_INVALID` saying what came instead, and all that {@linkcode HttpClient.send} throws
 */
export async function sendJson(client: HttpClient, request: HttpRequest): Promise<JsonAnswer> {
  const response = await client.send({ ...request, json: true });
  return { response, value: response.status === 304 ? undefined : response.json() };
}
