import { ComfydockError, redact, registerSecret } from "../../base/mod.ts";
import { referenceErrors } from "./errors.ts";

const HINT =
  "Name a registry id such as comfyui-kjnodes@1.0.0, a git address such as https://github.com/user/repository@v1, or a path such as ./my-nodes";

/** The error for a text that names no node pack; credentials in it are not repeated. */
export function refuse(
  text: string,
  why: string,
  facts: { readonly hint?: string } = {},
): ComfydockError {
  const [, scheme, authority] = /^([^/]*):\/\/([^/\s]*)@/.exec(text) ?? [];
  const [user, ...passwords] = authority?.split(":") ?? [];
  const credentials = user !== undefined && /http/i.test(scheme ?? "")
    ? [user, ...passwords]
    : passwords;
  for (const part of credentials) registerSecret(part);
  const shown = redact(text.slice(0, 200));
  return new ComfydockError(
    referenceErrors.NODE_REFERENCE_INVALID,
    `Cannot use ${JSON.stringify(shown)} as a node pack: ${why}`,
    {
      hint: facts.hint ??
        (credentials.length > 0
          ? "Leave the credentials out and set up a git credential helper or an SSH key"
          : HINT),
      details: { reference: shown, reason: why },
    },
  );
}
