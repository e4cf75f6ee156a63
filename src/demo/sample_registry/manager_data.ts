import type { RequestHandler } from "./types.ts";

/**
 * Makes a server for ComfyUI-Manager's data files, found by the last part of the address.
 *
 * A file that ends with `.gz` is also served unpacked under its name without the ending. Each answer has an
 * `ETag`, and a request that brings it back is answered with 304.
 *
 * @param files Name → content, such as `custom-node-list.json`.
 */
export function createManagerData(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): RequestHandler {
  const etags = new Map<string, string>();
  return async (request) => {
    const name = new URL(request.url).pathname.split("/").at(-1) ?? "";
    const plain = files.get(name);
    const packed = plain ? undefined : files.get(`${name}.gz`);
    const content = plain ?? packed;
    if (!content) return new Response(`No file ${name}`, { status: 404 });
    const etag = etags.get(name) ?? await contentTag(content);
    etags.set(name, etag);
    if (request.headers.get("if-none-match") === etag) {
      return new Response(null, { status: 304, headers: { etag } });
    }
    const body = packed
      ? new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))
      : content;
    const type = name.endsWith(".gz") ? "application/gzip" : "application/json";
    return new Response(body, {
      headers: { etag, "content-type": type, "cache-control": "no-transform" },
    });
  };
}

async function contentTag(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0"));
  return `"${hex.join("")}"`;
}
