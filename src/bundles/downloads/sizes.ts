import { ComfydockError, mapConcurrent } from "../../base/mod.ts";
import type { EnvironmentWorld } from "../../environment/mod.ts";
import type { HttpClient } from "../../http/mod.ts";

const PROGRESS = "sizes";
const AT_ONCE = 8;
/** More files than this are not asked about: a plan shall not take longer than the download. */
const MOST = 200;
const PATIENCE_MS = 5_000;

/**
 * Asks servers how large files are; those that do not say it in time are left out.
 *
 * No credentials are sent, because nobody has agreed to the import yet.
 *
 * @param urls Addresses of files.
 * @returns Bytes by address.
 * @throws `INTERRUPTED`
 */
export async function askSizes(
  { http, report, signal, offline }: Pick<
    EnvironmentWorld,
    "http" | "report" | "signal" | "offline"
  >,
  urls: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const asked = [...new Set(urls)].filter((url) => /^https?:/i.test(url)).slice(0, MOST);
  if (offline || asked.length === 0) return sizes;
  const client = await http();
  report.emit({ kind: "started", id: PROGRESS, label: "Asking how large the downloads are" });
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const within = AbortSignal.any([patience, ...signal ? [signal] : []]);
  const ask = async (url: string) => ({ url, size: await sizeOf(client, url, within) });
  try {
    for await (const { url, size } of mapConcurrent(asked, ask, { limit: AT_ONCE, signal })) {
      if (size !== undefined) sizes.set(url, size);
    }
  } catch (error) {
    if (!patience.aborted || signal?.aborted) throw error;
  } finally {
    report.emit({ kind: "finished", id: PROGRESS });
  }
  return sizes;
}

async function sizeOf(
  client: HttpClient,
  url: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (signal.aborted) return undefined;
  try {
    const { headers } = await client.send({
      url,
      method: "HEAD",
      headers: { "accept-encoding": "identity" },
      retries: 0,
      timeoutMs: PATIENCE_MS,
      signal,
    });
    const length = Number(headers.get("content-length") ?? NaN);
    return Number.isSafeInteger(length) && length > 0 ? length : undefined;
  } catch (error) {
    // Whatever keeps a server from answering, the size stays unknown, which is what the plan says.
    if (error instanceof ComfydockError) return undefined;
    throw error;
  }
}
