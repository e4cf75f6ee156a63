import { isKind, redact } from "../../base/mod.ts";
import { baseErrors } from "../../base/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import { toFinding } from "./to_finding.ts";
import type { Address, DoctorWorld, Finding } from "./types.ts";

const TIMEOUT_MS = 8_000;
/** Whatever a server answers, it can be reached; nothing is followed to other hosts. */
const ANY_STATUS = Array.from({ length: 300 }, (_, at) => 300 + at);

/** Asks the servers that the settings name whether they answer; no other. */
export async function checkNetwork(world: DoctorWorld): Promise<readonly Finding[]> {
  const { offline, addresses } = world;
  if (offline) {
    return [{ check: "network", severity: "info", message: "Not asked, because of --offline" }];
  }
  const client = await world.http();
  const servers = addresses.filter(({ url }) => /^https?:/i.test(url));
  return await Promise.all(servers.map((address) => ask(world, client, address)));
}

async function ask(
  { signal }: DoctorWorld,
  http: HttpClient,
  { setting, url }: Address,
): Promise<Finding> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const { host } = new URL(url);
  try {
    await http.send({ url, method: "HEAD", accept: ANY_STATUS, signal: timeout });
    return { check: "network", severity: "ok", message: `${host} answers (${setting})` };
  } catch (error) {
    signal?.throwIfAborted();
    const why = isKind(error, baseErrors.INTERRUPTED)
      ? `it gave no answer within ${TIMEOUT_MS / 1000} s`
      : toFinding("network", error).message;
    return {
      check: "network",
      severity: "warning",
      message: redact(`${host} cannot be reached (${setting}): ${why}`),
      hint: `Check the network and its proxy, or run comfydock config set ${setting} URL`,
    };
  }
}
