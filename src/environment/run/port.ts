import { ComfydockError, fileError } from "../../base/mod.ts";
import { runErrors } from "./errors.ts";

/** ComfyUI's own choice. */
export const DEFAULT_PORT = 8188;

const TRIES = 200;
const CONNECT_MS = 1_000;

/** Tells whether nobody listens at an address, on it alone or on all. */
export async function isPortFree(hostname: string, port: number): Promise<boolean> {
  try {
    Deno.listen({ hostname, port }).close();
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    // What may not be listened on, such as port 80 for most users, is for ComfyUI to complain about.
    if (!(error instanceof Deno.errors.PermissionDenied)) {
      if (isForeign(error)) return true;
      throw fileError("Cannot listen on", `${hostname}:${port}`, error);
    }
  }
  // Some systems let one program have an address while another has all of them.
  return !await accepts(hostname, port);
}

/** An address or a name that this machine does not have. */
function isForeign(error: unknown): boolean {
  return error instanceof Deno.errors.AddrNotAvailable ||
    (error instanceof Error && /resolve|lookup|not available|not known/i.test(error.message));
}

/** Tells whether somebody takes a connection there. */
export async function accepts(hostname: string, port: number): Promise<boolean> {
  const abort = AbortSignal.timeout(CONNECT_MS);
  const connecting = Deno.connect({ hostname, port });
  const late = new Promise<undefined>((resolve) =>
    abort.addEventListener("abort", () => resolve(undefined), { once: true })
  );
  try {
    const connection = await Promise.race([connecting, late]);
    if (connection === undefined) connecting.then((slow) => slow.close(), () => {});
    connection?.close();
    return connection !== undefined;
  } catch {
    // Whatever keeps us from connecting, nobody answers there.
    return false;
  }
}

/**
 * Finds a port that nobody listens on.
 *
 * @param from The first that is tried; the next ones follow.
 * @throws `RUN_PORT_IN_USE`
 */
export async function findFreePort(hostname: string, from: number = DEFAULT_PORT): Promise<number> {
  const last = Math.min(from + TRIES, 65535);
  for (let port = from; port <= last; port++) if (await isPortFree(hostname, port)) return port;
  throw new ComfydockError(
    runErrors.RUN_PORT_IN_USE,
    `Cannot find a free port on ${hostname} from ${from} to ${last}`,
    { hint: "Name one with --port" },
  );
}
