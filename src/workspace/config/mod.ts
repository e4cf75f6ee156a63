/**
 * Configuration in layers, each value with its origin, and credentials apart from it.
 *
 * @example
 * ```ts
 * import { configValue, readUserConfig, resolveConfig, userConfigDirectory } from "./mod.ts";
 *
 * const env = Deno.env.toObject();
 * const directory = userConfigDirectory(env);
 * const user = { path: directory, settings: await readUserConfig(directory) };
 * const backend = configValue(resolveConfig({ user, env }), "torch_backend");
 * ```
 *
 * @module
 */
export {
  type Credential,
  credentialOfKey,
  type CredentialService,
  credentialServices,
  credentialsFile,
  maskSecret,
  parseCredential,
  readCredentials,
  writeCredential,
} from "./credentials.ts";
export {
  type ConfigEntry,
  type ConfigLayers,
  configValue,
  type Layer,
  resolveConfig,
  type Settings,
} from "./layers.ts";
export {
  checkSetting,
  findSetting,
  parseSetting,
  type SettingDefinition,
  settingDefinitions,
} from "./settings.ts";
export { findUserConfigDirectory, userConfigDirectory } from "./user_directory.ts";
export { readUserConfig, userConfigFile, writeUserSetting } from "./user_file.ts";
export { withSetting } from "./workspace_layer.ts";
