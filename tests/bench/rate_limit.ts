import { fileURLToPath } from "node:url";
import { createHttpClient } from "../../src/http/mod.ts";
import type { Limit } from "../http/limited_host.ts";

/** A server's limit, and how the client fared. */
export interface RateLimitResult {
  readonly server: string;
  /** The part of the allowed rate that was used; the bound is at least 0.9. */
  readonly used: number;
  /** The part of all answers that were 429; the bound is at most 0.01. */
  readonly refused: number;
}

const ALLOWED = 40;
const REQUESTS = 2_000;

/** The servers that are measured: 40 requests a second, counted in four ways, each with and without `Retry-After`. */
export const limitedServers: readonly {
  readonly name: string;
  readonly limit: Limit;
  readonly retryAfter?: string;
}[] = [1, 10, 40, 0].flatMap((burst) => {
  const limit: Limit = burst === 0
    ? { kind: "window", rate: ALLOWED }
    : { kind: "bucket", rate: ALLOWED, burst };
  const name = burst === 0 ? "window of 1 s" : `token bucket, burst ${burst}`;
  return [{ name, limit }, { name: `${name}, Retry-After: 1`, limit, retryAfter: "1" }];
});

/**
 * Sends 2,000 requests at `rate: 200`, 50 at once, to a server in another process that allows 40 a second.
 *
 * @param server The server's limit.
 */
export async function measureRateLimit(
  server: (typeof limitedServers)[number],
): Promise<RateLimitResult> {
  const program = fileURLToPath(new URL("limited_server.ts", import.meta.url));
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-net",
      "--config",
      config,
      program,
      JSON.stringify(server.limit),
      server.retryAfter ?? "",
    ],
    stdout: "piped",
  }).spawn();
  try {
    const lines = child.stdout.pipeThrough(new TextDecoderStream());
    const { value: port = "" } = await lines.getReader().read();
    const client = createHttpClient({ rate: 200, concurrency: 50 });
    const started = performance.now();
    const url = `http://127.0.0.1:${port.trim()}/`;
    await Promise.all(Array.from({ length: REQUESTS }, () => client.send({ url })));
    const seconds = (performance.now() - started) / 1_000;
    return {
      server: server.name,
      used: REQUESTS / seconds / ALLOWED,
      refused: (client.requestCount - REQUESTS) / client.requestCount,
    };
  } finally {
    child.kill();
    await child.status;
  }
}
