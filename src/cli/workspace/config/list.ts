import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import { shippedDefaults } from "../../../session/workspace/mod.ts";
import {
  type ConfigEntry,
  type Credential,
  credentialServices,
  findUserConfigDirectory,
  type Layer,
  maskSecret,
  readCredentials,
  type SettingValue,
} from "../../../workspace/mod.ts";
import type { CommandContext } from "../../types.ts";
import { readConfig, workspaceIfThere } from "../access.ts";
import { type LayerInput, namedLayer, openSettings } from "./layers.ts";

/** What `config list` tells. */
export interface ConfigListData {
  readonly settings: readonly ListedSetting[];
  readonly credentials: readonly ListedCredential[];
}

/** One setting. */
export interface ListedSetting {
  readonly key: string;
  /** Absent when nothing says one. */
  readonly value?: SettingValue;
  readonly layer: Layer;
  /** The file or the environment variable. */
  readonly origin?: string;
  readonly brief: string;
}

/** One credential, masked. */
export interface ListedCredential {
  readonly key: string;
  readonly set: boolean;
  readonly masked?: string;
  readonly origin?: string;
}

/** Lists settings and credentials, of all layers or of one file. */
export async function run(
  input: LayerInput,
  context: CommandContext,
): Promise<Outcome<ConfigListData>> {
  const layer = namedLayer(input);
  const workspace = layer === "user" ? undefined : await workspaceIfThere(context);
  const entries = await readConfig(context, workspace, { defaults: await shippedDefaults() });
  const credentials = layer === "workspace"
    ? []
    : listCredentials(await readCredentials(findUserConfigDirectory(context.env), context.env));
  if (layer === undefined) return { data: { settings: entries.map(listed), credentials } };
  const { settings, path } = await openSettings(layer, context);
  const own = entries.filter(({ key }) => settings[key] !== undefined)
    .map((entry) => listed({ ...entry, value: settings[entry.key], layer, origin: path }));
  return { data: { settings: own, credentials } };
}

function listed({ key, value, layer, origin, brief }: ConfigEntry): ListedSetting {
  return { key, value, layer, origin, brief };
}

function listCredentials(found: readonly Credential[]): readonly ListedCredential[] {
  return credentialServices.map((service) => {
    const key = `api_keys.${service}`;
    const credential = found.find((each) => each.service === service);
    if (!credential) return { key, set: false };
    return { key, set: true, masked: maskSecret(credential.secret), origin: credential.origin };
  });
}

/** A line a setting: key, value, origin. */
export function view({ settings, credentials }: ConfigListData, style: Style): string[] {
  const rows = [
    ...settings.map(({ key, value, layer, origin }) => [
      key,
      value === undefined ? style.dim("-") : style.bold(`${value}`),
      style.dim(origin ?? layer),
    ]),
    ...credentials.map(({ key, masked, origin }) => [
      key,
      masked ?? style.dim("-"),
      style.dim(origin ?? "not set"),
    ]),
  ];
  return rows.length === 0 ? ["There are no settings of that kind"] : alignColumns(rows);
}
