import { ComfydockError, holdsCredentials, redact, registerSecret } from "../../../base/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import {
  credentialOfKey,
  type CredentialService,
  credentialsFile,
  findSetting,
  maskSecret,
  parseSetting,
  type SettingValue,
  userConfigDirectory,
  workspaceErrors,
  writeCredential,
} from "../../../workspace/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext } from "../../types.ts";
import { readStandardInput } from "./standard_input.ts";
import { type LayerInput, namedLayer, openSettings, type WrittenLayer } from "./layers.ts";

/** What `config set` tells. */
export interface ConfigSetData {
  readonly dry_run: boolean;
  readonly key: string;
  /** Masked when it is a credential. */
  readonly value: SettingValue;
  readonly before?: SettingValue;
  readonly layer: WrittenLayer;
  readonly path: string;
}

/** Writes a setting or a credential. */
export async function run(
  input: LayerInput,
  context: CommandContext,
): Promise<Outcome<ConfigSetData>> {
  const [key = "", text] = input.args;
  const service = credentialOfKey(key);
  if (service) return { data: await setCredential(service, input, context) };
  const definition = findSetting(key);
  if (text === undefined) {
    throw new ComfydockError(
      cliErrors.ARGUMENT_MISSING,
      `Argument VALUE is missing: "${key}" takes ${definition.wants}`,
      { hint: `Run comfydock config set ${key} VALUE`, details: { argument: "VALUE", key } },
    );
  }
  const value = parseSetting(definition, text, "the command line");
  if (holdsCredentials(text)) {
    throw new ComfydockError(
      workspaceErrors.CONFIG_VALUE_INVALID,
      `Cannot keep "${redact(text)}" as "${key}": it holds credentials`,
      {
        hint: `Leave them out, or set ${definition.env} in the environment instead`,
        details: { key },
      },
    );
  }
  const { layer, path, settings, write } = await openSettings(
    namedLayer(input) ?? "workspace",
    context,
  );
  if (!input.dryRun) await write(key, value);
  return { data: { dry_run: input.dryRun, key, value, before: settings[key], layer, path } };
}

async function setCredential(
  service: CredentialService,
  input: LayerInput,
  context: CommandContext,
): Promise<ConfigSetData> {
  const key = `api_keys.${service}`;
  const secret = await readSecret(key, input, context);
  const directory = userConfigDirectory(context.env);
  if (!input.dryRun) await writeCredential(directory, service, secret);
  return {
    dry_run: input.dryRun,
    key,
    value: maskSecret(secret.trim()),
    layer: "user",
    path: credentialsFile(directory),
  };
}

async function readSecret(
  key: string,
  input: LayerInput,
  { ask, signal }: CommandContext,
): Promise<string> {
  const given = input.args[1];
  if (given !== undefined && given !== "-") {
    registerSecret(given);
    throw secretRefused(`Cannot take the credential "${key}" from the command line`, key);
  }
  if (namedLayer(input) === "workspace") {
    throw secretRefused(`Cannot keep the credential "${key}" in a workspace`, key);
  }
  const flag = `comfydock config set ${key} - and the token on standard input`;
  return given === "-"
    ? await readStandardInput(signal)
    : await ask.secret({ message: `The token for ${key.slice("api_keys.".length)}`, flag });
}

function secretRefused(message: string, key: string): ComfydockError {
  return new ComfydockError(workspaceErrors.CONFIG_KEY_SECRET, message, {
    hint: `Run comfydock config set ${key} and type it when asked, or give - and the token on ` +
      "standard input; a token that stood on a command line should be replaced",
    details: { key },
  });
}

/** What was written where. */
export function view({ dry_run, key, value, before, path }: ConfigSetData): string[] {
  const change = before === undefined || before === value ? "" : ` instead of ${before}`;
  return [`${dry_run ? "Would set" : "Set"} ${key} to ${value}${change} in ${path}`];
}
