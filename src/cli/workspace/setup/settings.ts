import { resolve } from "node:path";
import { findSetting, parseSetting, type SettingValue } from "../../../workspace/mod.ts";
import type { CommandContext } from "../../types.ts";

/** A setting that is asked for. */
export interface SettingQuestion {
  readonly key: "models_dir" | "torch_backend" | "default_python";
  /** The flag that answers it. */
  readonly flag: string;
  /** What stands there to begin with; what the answer leaves as it is is not written. */
  readonly initial?: string;
  /** Said behind the question. */
  readonly note?: string;
}

/** The flags of settings, by their keys. */
export const SETTING_FLAGS = {
  models_dir: "--models-dir DIR",
  torch_backend: "--torch-backend BACKEND",
  default_python: "--default-python VERSION",
} as const satisfies Readonly<Record<SettingQuestion["key"], string>>;

/** What flags say, by the keys of settings. */
export interface GivenSettings {
  readonly modelsDir?: string;
  readonly torchBackend?: string;
  readonly defaultPython?: string;
}

/** Values by the keys of settings. */
export type SettingAnswers = Readonly<Record<string, SettingValue>>;

/**
 * Reads the settings that flags give.
 *
 * @throws `CONFIG_VALUE_INVALID`
 */
export function givenSettings(given: GivenSettings): SettingAnswers {
  const { modelsDir, torchBackend, defaultPython } = given;
  const texts = {
    models_dir: modelsDir === undefined ? undefined : resolve(modelsDir),
    torch_backend: torchBackend,
    default_python: defaultPython,
  };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) =>
      text === undefined ? [] : [[key, parseSetting(findSetting(key), text.trim(), flagOf(key))]]
    ),
  );
}

function flagOf(key: string): string {
  return Object.entries(SETTING_FLAGS).find(([name]) => name === key)?.[1] ?? key;
}

/** Asks for settings; an answer that is empty or stays as it was is none. */
export async function askSettings(
  { ask }: Pick<CommandContext, "ask">,
  questions: readonly SettingQuestion[],
): Promise<SettingAnswers> {
  const answers: Record<string, SettingValue> = {};
  for (const { key, flag, initial, note } of questions) {
    const definition = findSetting(key);
    const text = await ask.text({
      message: `${definition.brief}${note === undefined ? "" : ` (${note})`}?`,
      flag,
      initial,
      check: (typed) => ["", initial].includes(typed.trim()) ? undefined : fault(key, typed),
    });
    const value = text.trim();
    if (value === "" || value === initial) continue;
    answers[key] = parseSetting(definition, toAbsolute(key, value), flag);
  }
  return answers;
}

function fault(key: SettingQuestion["key"], text: string): string | undefined {
  const value = toAbsolute(key, text.trim());
  const { accepts, wants } = findSetting(key);
  if (!accepts(value)) return `Give ${wants}`;
  return key === "models_dir" && !isDirectory(value) ? "There is no such directory" : undefined;
}

function toAbsolute(key: string, text: string): string {
  return key === "models_dir" ? resolve(text) : text;
}

// The terminal waits for the answer's check, so that it cannot wait for the disk.
function isDirectory(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    // Whatever keeps it from being read also keeps models from being found there.
    return false;
  }
}
