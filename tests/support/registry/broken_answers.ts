import type { AnswerFault } from "./faults.ts";

/** What a broken answer needs besides the whole one. */
export interface BreakOptions {
  readonly hugeBytes: number;
  /** Ends stalled answers when the server stops. */
  readonly stopping: AbortSignal;
}

/** Breaks an answer in the given way. */
export async function breakAnswer(
  answer: Response,
  fault: AnswerFault,
  options: BreakOptions,
): Promise<Response> {
  if (fault === "500" || fault === "502" || fault === "503") return failure(Number(fault));
  const whole = new Uint8Array(await answer.arrayBuffer());
  const half = whole.slice(0, Math.floor(whole.length / 2));
  const { status } = answer;
  const headers = new Headers(answer.headers);
  // Without it the server would pack the body again and hide where it breaks off.
  headers.set("cache-control", "no-transform");
  switch (fault) {
    case "truncated":
      return new Response(half, { status, headers });
    case "html":
      return htmlPage();
    case "huge":
      return new Response(hugeBody(options.hugeBytes), { status, headers });
    case "cut":
      headers.set("content-length", String(whole.length));
      return new Response(cutBody(half), { status, headers });
    case "stall":
      headers.set("content-length", String(whole.length));
      return new Response(stalledBody(half, options.stopping), { status, headers });
  }
}

function failure(status: number): Response {
  const body = JSON.stringify({ error: "Server Error", message: `Made to fail with ${status}` });
  return new Response(body, { status, headers: { "content-type": "application/json" } });
}

function htmlPage(): Response {
  return new Response("<!doctype html><title>Sign in</title><p>Please sign in to this network", {
    headers: { "content-type": "text/html", "cache-control": "no-transform" },
  });
}

/** Ends before the promised length, upon which the server drops the connection. */
function cutBody(half: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      if (half.length > 0) controller.enqueue(half);
      controller.close();
    },
  });
}

function stalledBody(
  half: Uint8Array<ArrayBuffer>,
  stopping: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = new AbortController();
  return new ReadableStream({
    start(controller) {
      if (half.length > 0) controller.enqueue(half);
      stopping.addEventListener("abort", () => controller.close(), {
        once: true,
        signal: left.signal,
      });
    },
    // A client that gave up has closed the stream already.
    cancel: () => left.abort(),
  });
}

/** Spaces without end in sight: valid as the beginning of any JSON text. */
function hugeBody(size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunk = new Uint8Array(1 << 20).fill(32);
  let left = size;
  return new ReadableStream({
    pull(controller) {
      const part = chunk.subarray(0, Math.min(left, chunk.length));
      left -= part.length;
      if (part.length > 0) controller.enqueue(part);
      else controller.close();
    },
  });
}
