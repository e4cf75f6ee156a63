import {
  baseErrors,
  ComfydockError,
  isKind,
  optional,
  readRecord,
  readText,
} from "../../base/mod.ts";
import type { CredentialService } from "../../workspace/mod.ts";
import type { SourceWorld } from "./types.ts";

/** What a service says to a token. */
export type TokenCheck =
  /** With the name that it belongs to, where the service tells it. */
  | { readonly kind: "accepted"; readonly user?: string }
  | { readonly kind: "refused" }
  /** The service could not be asked. */
  | { readonly kind: "unknown"; readonly why: string };

/**
 * Where a token asks who it is, and what the name is called there.
 *
 * Sources: `huggingface_hub`'s `HfApi.whoami`; https://developer.civitai.com, "Me".
 */
const QUESTIONS: Readonly<
  Record<CredentialService, { readonly path: string; readonly name: string }>
> = {
  huggingface: { path: "/api/whoami-v2", name: "name" },
  civitai: { path: "/api/v1/me", name: "username" },
};
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 1_000_000;

/**
 * Asks a service whether it knows a token.
 *
 * @param secret The token; it goes to the service alone.
 * @throws `INTERRUPTED`
 */
export async function checkToken(
  { http, hosts, signal }: Pick<SourceWorld, "http" | "hosts" | "signal">,
  service: CredentialService,
  secret: string,
): Promise<TokenCheck> {
  const { path, name } = QUESTIONS[service];
  try {
    const answer = await http.send({
      url: `${hosts[service].endpoint}${path}`,
      headers: { authorization: `Bearer ${secret}`, accept: "application/json" },
      accept: [401, 403],
      retries: 1,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    });
    if (answer.status >= 400) return { kind: "refused" };
    const user = optional(readRecord(answer.json(), "$")[name], `$.${name}`, readText);
    return { kind: "accepted", user };
  } catch (error) {
    if (isKind(error, baseErrors.INTERRUPTED) || !(error instanceof ComfydockError)) throw error;
    return { kind: "unknown", why: error.message };
  }
}
