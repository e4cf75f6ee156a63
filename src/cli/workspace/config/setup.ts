import { resolve } from "node:path";
import { ComfydockError } from "../../../base/mod.ts";
import { type Outcome, outputErrors } from "../../../output/mod.ts";
import {
  type ConfigEntry,
  configValue,
  credentialServices,
  credentialsFile,
  findSetting,
  maskSecret,
  parseSetting,
  readCredentials,
  type SettingValue,
  userConfigDirectory,
  writeCredential,
} from "../../../workspace/mod.ts";
import type { CommandContext, OptionValues } from "../../types.ts";
import { readConfig, workspaceIfThere } from "../access.ts";
import { type LayerInput, namedLayer, openSettings, type WrittenLayer } from "./layers.ts";
import type { setupOptions } from "./options.ts";

/** What `config` tells. */
export interface ConfigData {
  readonly dry_run: boolean;
  readonly changes: readonly ConfigChange[];
}

/** One answer that changed something. */
export interface ConfigChange {
  readonly key: string;
  /** Masked when it is a credential. */
  readonly value: SettingValue;
  readonly layer: WrittenLayer;
  readonly path: string;
}

type SetupInput = LayerInput<OptionValues<typeof setupOptions>>;

const QUESTIONS = [
  { key: "models_dir", flag: "--models-dir DIR", option: "modelsDir" },
  { key: "torch_backend", flag: "--torch-backend BACKEND", option: "torchBackend" },
  { key: "default_python", flag: "--default-python VERSION", option: "defaultPython" },
] as const;

/** Asks for the settings that matter most; what an option answers is not asked. */
export async function run(
  input: SetupInput,
  context: CommandContext,
): Promise<Outcome<ConfigData>> {
  const given = QUESTIONS.filter(({ option }) => input.options[option] !== undefined);
  if (given.length === 0 && !context.options.interactive) throw nobodyToAsk();
  const workspace = await workspaceIfThere(context);
  const layer = namedLayer(input) ?? (workspace ? "workspace" : "user");
  const file = await openSettings(layer, context);
  const config = await readConfig(context, workspace);
  const changes: ConfigChange[] = [];
  for (const question of given.length > 0 ? given : QUESTIONS) {
    const { key } = question;
    const value = await answer(question, input, context, config);
    if (value === undefined || value === configValue(config, key)) continue;
    changes.push({ key, value, layer, path: file.path });
    if (!input.dryRun) await file.write(key, value);
  }
  if (given.length === 0) changes.push(...await askForTokens(input.dryRun, context));
  return { data: { dry_run: input.dryRun, changes } };
}

async function answer(
  { key, flag, option }: (typeof QUESTIONS)[number],
  { options }: SetupInput,
  { ask }: CommandContext,
  config: readonly ConfigEntry[],
): Promise<SettingValue | undefined> {
  const definition = findSetting(key);
  const current = configValue(config, key);
  const given = options[option];
  const text = given ?? await ask.text({
    message: `${definition.brief}?`,
    flag,
    initial: current === undefined ? undefined : `${current}`,
    check: (typed) => typed.trim() === "" ? undefined : fault(key, typed),
  });
  if (given === undefined && text.trim() === "") return undefined;
  return parseSetting(definition, toAbsolute(key, text.trim()), flag);
}

function fault(key: string, text: string): string | undefined {
  const { accepts, wants } = findSetting(key);
  return accepts(toAbsolute(key, text.trim())) ? undefined : `Give ${wants}`;
}

function toAbsolute(key: string, text: string): string {
  return key === "models_dir" ? resolve(text) : text;
}

async function askForTokens(
  dryRun: boolean,
  { ask, env }: CommandContext,
): Promise<readonly ConfigChange[]> {
  const directory = userConfigDirectory(env);
  const stored = await readCredentials(directory, {});
  const changes: ConfigChange[] = [];
  for (const service of credentialServices) {
    const key = `api_keys.${service}`;
    const flag = `comfydock config set ${key} -`;
    const has = stored.some((each) => each.service === service);
    const message = `${has ? "Replace the" : "Store a"} token for ${service}?`;
    if (!await ask.confirm({ message, flag })) continue;
    const secret = await ask.secret({ message: `The token for ${service}`, flag });
    if (!dryRun) await writeCredential(directory, service, secret);
    const value = maskSecret(secret.trim());
    changes.push({ key, value, layer: "user", path: credentialsFile(directory) });
  }
  return changes;
}

function nobodyToAsk(): ComfydockError {
  const flags = QUESTIONS.map(({ flag }) => flag);
  return new ComfydockError(
    outputErrors.ANSWER_NEEDED,
    "Cannot ask for settings as nobody can answer here",
    {
      hint: `Answer with ${flags.join(", ")}, or comfydock config set KEY VALUE; ` +
        "tokens with comfydock config set api_keys.civitai -",
      details: { flags },
    },
  );
}

/** A line a change. */
export function view({ dry_run, changes }: ConfigData): string[] {
  if (changes.length === 0) return ["Nothing changed"];
  return changes.map(({ key, value, path }) =>
    `${dry_run ? "Would set" : "Set"} ${key} to ${value} in ${path}`
  );
}
