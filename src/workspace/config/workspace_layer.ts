import type { SettingValue, WorkspaceFacts } from "../workspace_file.ts";
import { checkSetting, findSetting } from "./settings.ts";

/**
 * The facts of a workspace with one of its settings changed, or taken out.
 *
 * @param value The value, or `undefined` to take it out.
 * @throws `CONFIG_KEY_UNKNOWN`, `CONFIG_KEY_SECRET`, `CONFIG_VALUE_INVALID`
 */
export function withSetting(
  facts: WorkspaceFacts,
  key: string,
  value: SettingValue | undefined,
): WorkspaceFacts {
  const { [key]: old, ...others } = facts.settings;
  // What does not belong there can be taken out too.
  if (value === undefined && old !== undefined) return { ...facts, settings: others };
  const definition = findSetting(key);
  if (value === undefined) return facts;
  const checked = checkSetting(definition, value, "the command line");
  return { ...facts, settings: { ...facts.settings, [key]: checked } };
}
