import { ComfydockError } from "../../../base/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { shippedDefaults } from "../../../session/workspace/mod.ts";
import {
  credentialOfKey,
  findSetting,
  findUserConfigDirectory,
  type Layer,
  maskSecret,
  readCredentials,
  type SettingValue,
} from "../../../workspace/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext } from "../../types.ts";
import { readConfig, workspaceIfThere } from "../access.ts";
import { type LayerInput, namedLayer, openSettings } from "./layers.ts";

/** What `config get` tells. */
export interface ConfigGetData {
  readonly key: string;
  /** Absent when nothing says one; masked when it is a credential. */
  readonly value?: SettingValue;
  readonly layer: Layer;
  /** The file or the environment variable. */
  readonly origin?: string;
}

/** Reads one setting as it holds here, or as one file has it. */
export async function run(
  input: LayerInput,
  context: CommandContext,
): Promise<Outcome<ConfigGetData>> {
  const data = await read(input, context);
  if (data.value !== undefined) return { data };
  const error = new ComfydockError(cliErrors.VALUE_NOT_SET, `Nothing sets "${data.key}"`, {
    hint: `Run comfydock config set ${data.key}${data.key.startsWith("api_keys.") ? "" : " VALUE"}`,
    details: { key: data.key },
  });
  return { data, error };
}

async function read(input: LayerInput, context: CommandContext): Promise<ConfigGetData> {
  const layer = namedLayer(input);
  const service = credentialOfKey(input.args[0]!);
  if (service) return await readCredential(service, context);
  const { key } = findSetting(input.args[0]!);
  if (layer) {
    const { path, settings } = await openSettings(layer, context);
    return { key, value: settings[key], layer, origin: path };
  }
  const entries = await readConfig(context, await workspaceIfThere(context), {
    defaults: await shippedDefaults(),
  });
  const entry = entries.find((each) => each.key === key)!;
  return { key, value: entry.value, layer: entry.layer, origin: entry.origin };
}

async function readCredential(service: string, { env }: CommandContext): Promise<ConfigGetData> {
  const found = (await readCredentials(findUserConfigDirectory(env), env))
    .find((each) => each.service === service);
  return {
    key: `api_keys.${service}`,
    value: found && maskSecret(found.secret),
    layer: found && env[found.origin] !== undefined ? "environment" : "user",
    origin: found?.origin,
  };
}

/** The value alone. */
export function view({ value }: ConfigGetData): string[] {
  return value === undefined ? [] : [`${value}`];
}
