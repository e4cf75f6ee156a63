import { dirname, join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  fileError,
  invalidData,
  isKind,
  type JsonRecord,
  nearest,
  optional,
  parseJsonText,
  readRecord,
  readText,
  readTextBounded,
  registerSecret,
  temporaryBeside,
} from "../../base/mod.ts";
import { workspaceErrors } from "../errors.ts";

/** Who asks for a credential. */
export type CredentialService = "civitai" | "huggingface";

/** A secret and where it comes from. */
export interface Credential {
  readonly service: CredentialService;
  readonly secret: string;
  /** The environment variable or the file. */
  readonly origin: string;
}

/** The variables that win over the file. */
const VARIABLES: Readonly<Record<CredentialService, string>> = {
  civitai: "CIVITAI_API_TOKEN",
  huggingface: "HF_TOKEN",
};
const SCHEMA = 1;
const MAX_BYTES = 100_000;
const LONGEST_SECRET = 4096;

/** The services that credentials are kept for. */
export const credentialServices: readonly CredentialService[] = ["civitai", "huggingface"];

/** The file of a user's secrets; never in a workspace, never in git. */
export function credentialsFile(directory: string): string {
  return join(directory, "credentials.json");
}

/**
 * The service that a key such as `api_keys.civitai` stands for; `undefined` for keys of another kind.
 *
 * @throws `CONFIG_KEY_UNKNOWN`
 */
export function credentialOfKey(key: string): CredentialService | undefined {
  if (!key.startsWith("api_keys.")) return undefined;
  const service = credentialServices.find((each) => key === `api_keys.${each}`);
  if (service) return service;
  const near = nearest(key.slice("api_keys.".length), credentialServices) ?? credentialServices[0];
  throw new ComfydockError(
    workspaceErrors.CONFIG_KEY_UNKNOWN,
    `Cannot keep a credential for "${key}"`,
    { hint: `Did you mean \`api_keys.${near}\`?`, details: { key } },
  );
}

/**
 * Reads the credentials, environment variables first, and registers them so that no output shows them.
 *
 * @param directory The directory of the user's configuration; absent where there is none.
 * @param env The environment variables of the process.
 * @throws `DATA_INVALID`, `CONFIG_NEWER`, `FILE_UNREADABLE`
 */
export async function readCredentials(
  directory: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Credential[]> {
  const path = directory === undefined ? undefined : credentialsFile(directory);
  const stored = path === undefined ? {} : await readStored(path);
  return credentialServices.flatMap((service) => {
    const variable = VARIABLES[service];
    const fromEnv = env[variable]?.trim();
    const secret = fromEnv || stored[service];
    if (!secret) return [];
    registerSecret(secret);
    return [{ service, secret, origin: fromEnv || path === undefined ? variable : path }];
  });
}

/**
 * Stores a credential so that only the user can read it, or takes it out.
 *
 * @param secret The secret, or `undefined` to take it out.
 * @throws `CONFIG_VALUE_INVALID`, `DATA_INVALID`, `FILE_UNWRITABLE`
 */
export async function writeCredential(
  directory: string,
  service: CredentialService,
  secret: string | undefined,
): Promise<void> {
  const path = credentialsFile(directory);
  const trimmed = secret === undefined ? undefined : parseCredential(service, secret);
  const stored = { ...await readStored(path), [service]: trimmed };
  const text = JSON.stringify({ schema_version: SCHEMA, api_keys: stored }, null, 2) + "\n";
  await writePrivately(path, text);
}

/**
 * Reads a credential as people give it, and keeps it out of all output from then on.
 *
 * @throws `CONFIG_VALUE_INVALID`
 */
export function parseCredential(service: CredentialService, text: string): string {
  const secret = text.trim();
  registerSecret(secret);
  if (/^[\x21-\x7e]+$/.test(secret) && secret.length >= 4 && secret.length <= LONGEST_SECRET) {
    return secret;
  }
  // The message must not repeat the secret.
  throw new ComfydockError(
    workspaceErrors.CONFIG_VALUE_INVALID,
    `Cannot store the credential for "${service}": it is empty, too short, or holds blanks`,
    { hint: `Copy the token again, then run comfydock config set api_keys.${service}` },
  );
}

/** What may be shown of a secret. */
export function maskSecret(secret: string): string {
  return secret.length >= 16 ? `****${secret.slice(-4)}` : "****";
}

async function readStored(path: string): Promise<Partial<Record<CredentialService, string>>> {
  let text: string;
  try {
    text = await readTextBounded(path, MAX_BYTES);
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return {};
    throw error;
  }
  const data = readRecord(parseText(text, path), path);
  checkSchema(data, path);
  const keys = optional(data.api_keys, `${path}: api_keys`, readRecord) ?? {};
  return Object.fromEntries(credentialServices.flatMap((service) => {
    const secret = optional(keys[service], `${path}: api_keys.${service}`, readText);
    return secret === undefined ? [] : [[service, secret]];
  }));
}

function parseText(text: string, path: string): unknown {
  try {
    return parseJsonText(text, path);
  } catch {
    // The parser's own message may quote a secret.
    throw new ComfydockError(baseErrors.DATA_INVALID, `Cannot read "${path}": it is not JSON`, {
      hint: "Remove the file, then store the credentials again with comfydock config set",
      details: { path },
    });
  }
}

function checkSchema({ schema_version }: JsonRecord, path: string): void {
  if (schema_version === SCHEMA) return;
  if (typeof schema_version === "number" && schema_version > SCHEMA) {
    throw new ComfydockError(
      workspaceErrors.CONFIG_NEWER,
      `Cannot read "${path}": its schema ${schema_version} is newer than ${SCHEMA}`,
      { hint: "Run comfydock self update", details: { path } },
    );
  }
  throw invalidData(`${path}: schema_version`, `${SCHEMA}`, typeof schema_version);
}

async function writePrivately(path: string, text: string): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await Deno.open(temporary, { write: true, createNew: true, mode: 0o600 });
    try {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
    } finally {
      file.close();
    }
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw fileError("Cannot write", path, error);
  }
}
