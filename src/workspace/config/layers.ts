import type { SettingValue } from "../workspace_file.ts";
import {
  checkSetting,
  findSetting,
  parseSetting,
  type SettingDefinition,
  settingDefinitions,
} from "./settings.ts";

/** Where a value can come from; later ones win. */
export type Layer = "default" | "user" | "workspace" | "environment" | "flag";

/** The settings of one layer. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** What each layer says. */
export interface ConfigLayers {
  /** Defaults that depend on the workspace or on shipped data, such as `models_dir`. */
  readonly defaults?: Settings;
  readonly user?: { readonly path: string; readonly settings: Settings };
  readonly workspace?: { readonly path: string; readonly settings: Settings };
  /** The environment variables of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What options on the command line say, by key. */
  readonly flags?: Settings;
}

/** A setting with its value and where that comes from. */
export interface ConfigEntry {
  readonly key: string;
  readonly brief: string;
  /** `undefined` when no layer says one. */
  readonly value: SettingValue | undefined;
  readonly layer: Layer;
  /** The file or the environment variable, where there is one. */
  readonly origin?: string;
}

/**
 * Lays the layers over one another: defaults < user < workspace < environment variable < flag.
 *
 * @returns Every setting, in the order of {@linkcode settingDefinitions}.
 * @throws `CONFIG_KEY_UNKNOWN`, `CONFIG_VALUE_INVALID` with the file or variable at fault
 */
export function resolveConfig(layers: ConfigLayers): readonly ConfigEntry[] {
  for (const file of [layers.user, layers.workspace]) {
    for (const key of Object.keys(file?.settings ?? {})) findSetting(key, file?.path);
  }
  return settingDefinitions.map((definition) => ({
    key: definition.key,
    brief: definition.brief,
    ...winner(definition, layers),
  }));
}

function winner(
  definition: SettingDefinition,
  { defaults, user, workspace, env, flags }: ConfigLayers,
): Pick<ConfigEntry, "value" | "layer" | "origin"> {
  const { key, env: variable, fallback } = definition;
  const flag = flags?.[key];
  if (flag !== undefined) {
    return { value: checkSetting(definition, flag, "the command line"), layer: "flag" };
  }
  const text = env?.[variable];
  // An empty variable counts as unset, as in most shells' habits.
  if (text) {
    const value = parseSetting(definition, text, variable);
    return { value, layer: "environment", origin: variable };
  }
  for (const [layer, file] of [["workspace", workspace], ["user", user]] as const) {
    const value = file?.settings[key];
    if (file === undefined || value === undefined) continue;
    return { value: checkSetting(definition, value, file.path), layer, origin: file.path };
  }
  return { value: defaults?.[key] ?? fallback, layer: "default" };
}

/**
 * One value of the configuration.
 *
 * @throws `CONFIG_KEY_UNKNOWN`
 */
export function configValue(
  entries: readonly ConfigEntry[],
  key: string,
): SettingValue | undefined {
  return entries.find((entry) => entry.key === findSetting(key).key)?.value;
}
