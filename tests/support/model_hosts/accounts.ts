import { serve, type TestServer } from "../http_server.ts";

/** A stand-in for the part of both services that says whose token it is. */
export interface Accounts extends AsyncDisposable {
  readonly server: TestServer;
  /** For `HF_ENDPOINT` and `CIVITAI_ENDPOINT`. */
  readonly env: Readonly<Record<"HF_ENDPOINT" | "CIVITAI_ENDPOINT", string>>;
}

/**
 * Starts the stand-in.
 *
 * @param users Who has which token.
 */
export function serveAccounts(users: Readonly<Record<string, string>>): Accounts {
  const server = serve((request) => {
    const token = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
    const user = Object.hasOwn(users, token) ? users[token] : undefined;
    const { pathname } = new URL(request.url);
    if (user === undefined) return Response.json({ error: "Unauthorized" }, { status: 401 });
    if (pathname === "/hf/api/whoami-v2") return Response.json({ type: "user", name: user });
    if (pathname === "/civitai/api/v1/me") return Response.json({ id: 1, username: user });
    return new Response("gone", { status: 404 });
  });
  return {
    server,
    env: { HF_ENDPOINT: `${server.url}/hf`, CIVITAI_ENDPOINT: `${server.url}/civitai` },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
