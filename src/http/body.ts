import { ComfydockError, redact } from "../base/mod.ts";
import { httpErrors } from "./errors.ts";
import type { HttpResponse } from "./types.ts";

/**
 * Reads a body to its end, and stops the transfer as soon as it grows over its limit.
 *
 * @param maxBytes The largest body accepted after decompression, in bytes.
 * @throws `HTTP_BODY_TOO_LARGE`, and what the transfer breaks with
 */
export async function readBody(
  response: Response,
  maxBytes: number,
  url: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array();
  const announced = Number(response.headers.get("content-length") ?? 0);
  if (announced > maxBytes) throw await refuseBody(response, maxBytes, url);
  const compressed = response.headers.has("content-encoding");
  if (announced > 0 && !compressed) return await response.bytes();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes, url);
    chunks.push(chunk);
  }
  return join(chunks, size);
}

/** Reads at most so many bytes of a body that only explains an error, and drops the rest. */
export async function readStart(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxBytes) break;
  }
  return join(chunks, size).subarray(0, maxBytes);
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

async function refuseBody(response: Response, maxBytes: number, url: string) {
  await response.body?.cancel();
  return tooLarge(maxBytes, url);
}

function tooLarge(maxBytes: number, url: string): ComfydockError {
  return new ComfydockError(
    httpErrors.HTTP_BODY_TOO_LARGE,
    `Cannot read ${redact(url)}: the answer is larger than the ${maxBytes} bytes accepted`,
    {
      hint: "Check the address; what it names is not what was expected",
      details: { url: redact(url), maxBytes },
    },
  );
}

/** Puts an answer together whose body has been read. */
export function toResponse(
  response: Response,
  url: string,
  body: Uint8Array<ArrayBuffer>,
): HttpResponse {
  const text = () => new TextDecoder().decode(body);
  let parsed: { readonly value: unknown } | undefined;
  return {
    status: response.status,
    headers: response.headers,
    url,
    body,
    etag: response.headers.get("etag") ?? undefined,
    text,
    json: () => {
      parsed ??= { value: parseJson(text(), response.headers.get("content-type"), url) };
      return parsed.value;
    },
  };
}

function parseJson(text: string, contentType: string | null, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const found = describeBody(text, contentType);
    throw new ComfydockError(
      httpErrors.HTTP_BODY_INVALID,
      `Expected JSON from ${redact(url)}, found ${found}`,
      {
        hint: "Check the URL, and that no login page or proxy answers in the server's place",
        details: { url: redact(url), found, contentType: contentType ?? undefined },
        cause,
      },
    );
  }
}

/** Says in a few words what a body is that should have been JSON. */
export function describeBody(text: string, contentType: string | null): string {
  const start = text.slice(0, 20_000).trimStart();
  if (start === "") return "an empty answer";
  if (
    /^<(?:!doctype\s+html|html|head|body)\b/i.test(start) || /\bhtml\b/i.test(contentType ?? "")
  ) {
    const title = /<title[^>]*>([^<]*)/i.exec(start)?.[1];
    return title?.trim() ? `a page of HTML titled "${oneLine(title)}"` : "a page of HTML";
  }
  if (/^[[{"]/.test(start)) return `JSON that is cut or damaged, ${text.length} characters long`;
  return `a text that starts with "${oneLine(start)}"`;
}

/** The start of a text on one line, without control characters and secrets. */
export function oneLine(text: string): string {
  const plain = redact(text.slice(0, 500).replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim());
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain;
}
