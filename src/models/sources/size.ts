import { ComfydockError } from "../../base/mod.ts";
import type { ResolvedFile, SourceWorld } from "./types.ts";

const REFUSALS = [400, 401, 403, 404, 405, 501];

/**
 * How large a file is, as far as its source tells without being fetched.
 *
 * @returns In bytes; nothing where the source does not tell.
 * @throws `INTERRUPTED`
 */
export async function sizeAtSource(
  { http, signal }: SourceWorld,
  { size, roughSize, url, headers, service }: ResolvedFile,
): Promise<number | undefined> {
  const known = size ?? roughSize;
  if (known !== undefined || service !== undefined) return known;
  try {
    const answer = await http.send({
      url,
      method: "HEAD",
      headers: { ...headers, "accept-encoding": "identity" },
      accept: REFUSALS,
      signal,
    });
    const length = Number(answer.headers.get("content-length") ?? "");
    return answer.status < 300 && Number.isSafeInteger(length) && length > 0 ? length : undefined;
  } catch (error) {
    // Who only wants to know is told as much as can be had.
    if (!(error instanceof ComfydockError) || signal?.aborted) throw error;
    return undefined;
  }
}
