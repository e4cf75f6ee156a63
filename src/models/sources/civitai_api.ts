import { type ComfydockError, isKind } from "../../base/mod.ts";
import { httpErrors, type HttpRequest, sendJson } from "../../http/mod.ts";
import type { SourceWorld } from "./types.ts";

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Asks CivitAI's API.
 *
 * @param question A path below `api/v1/`; with a body it is posted.
 * @returns Nothing where the service does not have it.
 * @throws what the network throws
 */
export async function askCivitai(
  world: SourceWorld,
  { path, body }: { readonly path: string; readonly body?: string },
): Promise<unknown> {
  const request: HttpRequest = {
    url: `${world.hosts.civitai.endpoint}/api/v1/${path}`,
    method: body === undefined ? "GET" : "POST",
    body,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    accept: [404],
    repeatable: true,
    maxBytes: MAX_BYTES,
    signal: world.signal,
  };
  const { response, value } = await withTokenIfRefused(world, request);
  return response.status === 404 ? undefined : value;
}

/** What everybody may know is asked without a token: such answers are kept. */
async function withTokenIfRefused(world: SourceWorld, request: HttpRequest) {
  const { civitai: token } = world.tokens;
  const api = world.api ?? world.http;
  try {
    return await sendJson(api, request);
  } catch (error) {
    if (token === undefined || !isRefusal(error)) throw error;
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    return await sendJson(api, { ...request, headers });
  }
}

/** Whether the service does not give something to whoever asked. */
export function isRefusal(error: unknown): error is ComfydockError {
  return isKind(error, httpErrors.HTTP_STATUS) &&
    (error.details.status === 401 || error.details.status === 403);
}
