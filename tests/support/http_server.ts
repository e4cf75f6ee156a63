import type { Clock } from "../../src/base/mod.ts";

/** A loopback server that is closed at the end of a `using` block. */
export interface TestServer extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** What it was asked, in order. */
  readonly requests: readonly Request[];
}

/** Answers one request; `count` says how many came before. */
export type Answer = (request: Request, count: number) => Response | Promise<Response>;

/** Starts a server whose answers are made by a function. */
export function serve(answer: Answer, tls: Deno.TlsCertifiedKeyPem | object = {}): TestServer {
  const requests: Request[] = [];
  const handler = (request: Request) => {
    requests.push(request);
    return answer(request, requests.length - 1);
  };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, ...tls },
    handler,
  );
  return {
    url: `${"cert" in tls ? "https" : "http"}://127.0.0.1:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** A server that writes bytes as they are told, whole HTTP or not, and then closes the connection. */
export interface RawServer extends AsyncDisposable {
  readonly url: string;
  /** The first line of each request. */
  readonly lines: readonly string[];
}

/**
 * Starts a server that answers the first connection with the first text, and so on; the last text stands for the rest.
 *
 * @param answers What is written; an empty text closes without an answer.
 */
export function serveRaw(answers: readonly (string | Uint8Array)[]): RawServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const lines: string[] = [];
  const accepting = (async () => {
    for await (const connection of listener) {
      const request = new Uint8Array(8_192);
      const size = await connection.read(request).catch(() => null);
      lines.push(new TextDecoder().decode(request.subarray(0, size ?? 0)).split("\r\n")[0] ?? "");
      const answer = answers[Math.min(lines.length, answers.length) - 1] ?? "";
      const bytes = typeof answer === "string" ? new TextEncoder().encode(answer) : answer;
      for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
      connection.close();
    }
  })();
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    lines,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
    },
  };
}

/** A clock whose pauses take no time. */
export interface PatientClock extends Clock {
  /** The pauses so far, in milliseconds. */
  readonly pauses: readonly number[];
}

/** A clock whose pauses take no time and are written down. */
export function patientClock(now = Date.parse("2026-01-01T00:00:00Z")): PatientClock {
  const pauses: number[] = [];
  let time = now;
  return {
    pauses,
    now: () => time,
    sleep: (milliseconds: number, signal?: AbortSignal): Promise<void> => {
      if (signal?.aborted) return Promise.reject(signal.reason);
      pauses.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
  };
}
