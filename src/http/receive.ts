import { ComfydockError } from "../base/mod.ts";
import type { Receive } from "./attempt.ts";
import { readBody, toResponse } from "./body.ts";
import type { HttpResponse, OpenAnswer, Received } from "./types.ts";

/**
 * Makes what reads a whole answer.
 *
 * @param maxBytes The largest body accepted after decompression, in bytes.
 * @param json Whether a 2xx that is not JSON counts as a passing fault.
 */
export function receiveWhole(maxBytes: number, json: boolean): Receive<HttpResponse> {
  return async (response, url) => {
    const whole = toResponse(response, url, await readBody(response, maxBytes, url));
    return json && whole.status <= 299 ? checkJson(whole) : { kind: "done", value: whole };
  };
}

function checkJson(response: HttpResponse): Received<HttpResponse> {
  try {
    response.json();
    return { kind: "done", value: response };
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    return { kind: "again", error };
  }
}

/** Makes what hands an answer over while its body comes in. */
export function receiveOpen<T>(
  receive: (answer: OpenAnswer) => Promise<Received<T>>,
): Receive<T> {
  return async (response, url, line) => {
    const reader = response.body?.getReader({ mode: "byob" });
    let ended = reader === undefined;
    const answer: OpenAnswer = {
      status: response.status,
      headers: response.headers,
      url,
      read: async (buffer) => {
        if (ended || reader === undefined) return undefined;
        // The time that the last bytes took to store is not silence.
        line.heard();
        const { value, done } = await reader.read(new Uint8Array(buffer));
        line.heard();
        ended = done;
        return done ? undefined : value;
      },
    };
    try {
      return await receive(answer);
    } finally {
      if (!ended) line.hangUp();
    }
  };
}
