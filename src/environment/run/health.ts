import type { RunPlan } from "./types.ts";

const ANSWER_MS = 3_000;
const MAX_BYTES = 4_096;

/**
 * Asks a ComfyUI for `/system_stats`, past any proxy; of one that speaks TLS it is only seen whether it listens.
 *
 * @returns Whether it answered with 200.
 */
export async function answers(
  { host, port, url }: Pick<RunPlan, "host" | "port" | "url">,
): Promise<boolean> {
  let connection: Deno.TcpConn;
  try {
    connection = await Deno.connect({ hostname: host, port });
  } catch {
    // Whatever keeps us from connecting, it does not answer yet.
    return false;
  }
  const late = setTimeout(() => connection.close(), ANSWER_MS);
  try {
    if (url.startsWith("https:")) return true;
    const request = `GET /system_stats HTTP/1.1\r\nHost: ${new URL(url).host}\r\n` +
      "Accept: application/json\r\nConnection: close\r\n\r\n";
    await writeAll(connection, new TextEncoder().encode(request));
    return /^HTTP\/1\.[01] 200\b/.test(await readHead(connection));
  } catch {
    // A connection that breaks is no answer either.
    return false;
  } finally {
    clearTimeout(late);
    closeQuietly(connection);
  }
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

async function readHead(connection: Deno.TcpConn): Promise<string> {
  const buffer = new Uint8Array(MAX_BYTES);
  let length = 0;
  while (length < 16) {
    const read = await connection.read(buffer.subarray(length));
    if (read === null) break;
    length += read;
  }
  return new TextDecoder().decode(buffer.subarray(0, length));
}

function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch (error) {
    // The time-out has closed it already.
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
