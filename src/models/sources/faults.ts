import { ComfydockError, redact } from "../../base/mod.ts";
import type { CredentialService } from "../../workspace/mod.ts";
import { modelErrors } from "../errors.ts";

/** The error for a source that cannot be understood. */
export function invalidSource(written: string, why: string): ComfydockError {
  const shown = redact(written.slice(0, 200));
  return new ComfydockError(
    modelErrors.MODEL_SOURCE_INVALID,
    `Cannot use ${JSON.stringify(shown)} as the source of a model: ${why}`,
    {
      hint: "Write hf:OWNER/REPOSITORY/PATH, civitai:VERSION, a URL, or the path of a file",
      details: { source: shown },
    },
  );
}

const NAMES: Readonly<Record<CredentialService, string>> = {
  civitai: "CivitAI",
  huggingface: "Hugging Face",
};

/** What people call a service. */
export function serviceName(service: CredentialService): string {
  return NAMES[service];
}

/**
 * The error for a file that is not given to everybody.
 *
 * @param subject What was asked for, such as `hf:owner/repository/file`.
 * @param page Where people accept a licence or see who may have it.
 * @param known Whether a token was sent.
 * @param words The service's own.
 */
export function gated(
  service: CredentialService,
  subject: string,
  { page, known, words }: {
    readonly page: string;
    readonly known: boolean;
    readonly words?: string;
  },
): ComfydockError {
  const name = serviceName(service);
  const token = `comfydock config set api_keys.${service}`;
  const why = known ? `${name} refuses it to this token` : `${name} wants to know who asks`;
  const said = words ? `: ${words}` : "";
  return new ComfydockError(modelErrors.MODEL_GATED, `Cannot fetch ${subject}: ${why}${said}`, {
    hint: known
      ? `Open ${page} and accept what it asks for, or store another token with ${token}`
      : `Open ${page}, log in and accept its licence, then store a token with ${token}`,
    details: { service, subject, page },
  });
}

/** The error for a source that does not have what was asked for. */
export function missingAtSource(subject: string, why: string, page: string): ComfydockError {
  return new ComfydockError(modelErrors.MODEL_SOURCE_MISSING, `Cannot find ${subject}: ${why}`, {
    hint: `Look at ${page}`,
    details: { subject, page },
  });
}

const SHOWN = 20;

/** The error for a source that offers several files. */
export function unclearSource(subject: string, offers: readonly string[]): ComfydockError {
  const shown = offers.slice(0, SHOWN);
  const more = offers.length > SHOWN ? `, and ${offers.length - SHOWN} more` : "";
  return new ComfydockError(
    modelErrors.MODEL_SOURCE_UNCLEAR,
    `Cannot tell which file of ${subject} is meant: it has ${offers.length}`,
    { hint: `Name one of them: ${shown.join(", ")}${more}`, details: { subject, offers: shown } },
  );
}
