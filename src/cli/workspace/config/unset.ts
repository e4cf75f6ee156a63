import type { Outcome } from "../../../output/mod.ts";
import {
  credentialOfKey,
  credentialsFile,
  findSetting,
  readCredentials,
  userConfigDirectory,
  writeCredential,
} from "../../../workspace/mod.ts";
import type { CommandContext } from "../../types.ts";
import { type LayerInput, namedLayer, openSettings, type WrittenLayer } from "./layers.ts";

/** What `config unset` tells. */
export interface ConfigUnsetData {
  readonly dry_run: boolean;
  readonly key: string;
  /** Whether it was set there. */
  readonly was_set: boolean;
  readonly layer: WrittenLayer;
  readonly path: string;
}

/** Takes a setting or a credential out of its file. */
export async function run(
  input: LayerInput,
  context: CommandContext,
): Promise<Outcome<ConfigUnsetData>> {
  const key = input.args[0]!;
  const { dryRun: dry_run } = input;
  const service = credentialOfKey(key);
  if (service) {
    const directory = userConfigDirectory(context.env);
    const stored = await readCredentials(directory, {});
    const was_set = stored.some((each) => each.service === service);
    if (was_set && !dry_run) await writeCredential(directory, service, undefined);
    const path = credentialsFile(directory);
    return { data: { dry_run, key, was_set, layer: "user", path } };
  }
  const file = await openSettings(namedLayer(input) ?? "workspace", context);
  const was_set = file.settings[key] !== undefined;
  // What does not belong into the file can be taken out too.
  if (!was_set) findSetting(key);
  if (was_set && !dry_run) await file.write(key, undefined);
  return { data: { dry_run, key, was_set, layer: file.layer, path: file.path } };
}

/** What was taken out. */
export function view({ dry_run, key, was_set, path }: ConfigUnsetData): string[] {
  if (!was_set) return [`${key} is not set in ${path}`];
  return [`${dry_run ? "Would take" : "Took"} ${key} out of ${path}`];
}
