import { isAbsolute } from "node:path";
import { ComfydockError, nearest } from "../../base/mod.ts";
import { workspaceErrors } from "../errors.ts";
import type { SettingValue } from "../workspace_file.ts";

/** One setting: what it is for, and which values it takes. */
export interface SettingDefinition {
  readonly key: string;
  /** One sentence without full stop. */
  readonly brief: string;
  readonly type: "text" | "number";
  /** The environment variable that sets it. */
  readonly env: string;
  /** The value when nothing else says one; some depend on the workspace or on shipped data instead. */
  readonly fallback?: SettingValue;
  /** What a right value looks like, for messages. */
  readonly wants: string;
  readonly accepts: (value: SettingValue) => boolean;
}

const ANY_TEXT = {
  type: "text",
  wants: "a text",
  accepts: (value: SettingValue) => typeof value === "string" && value.trim() !== "",
} as const;
const PATH = {
  type: "text",
  wants: "an absolute path",
  accepts: (value: SettingValue) => typeof value === "string" && isAbsolute(value),
} as const;
const PLACE = {
  type: "text",
  wants: "an http or https URL, or an absolute path",
  accepts: (value: SettingValue) =>
    typeof value === "string" && (/^(https?|file):\/\/[^\s]+$/i.test(value) || isAbsolute(value)),
} as const;

function matching(pattern: RegExp, wants: string) {
  const accepts = (value: SettingValue) => typeof value === "string" && pattern.test(value);
  return { type: "text", wants, accepts } as const;
}

function between(least: number, most: number) {
  const accepts = (value: SettingValue) =>
    typeof value === "number" && value >= least && value <= most;
  return { type: "number", wants: `a number from ${least} to ${most}`, accepts } as const;
}

/** Every setting, in the order in which they are listed. */
export const settingDefinitions: readonly SettingDefinition[] = [
  {
    key: "models_dir",
    brief: "The directory that holds the models of all environments",
    env: "COMFYDOCK_MODELS_DIR",
    ...PATH,
  },
  {
    key: "torch_backend",
    brief: "The torch backend of new environments",
    env: "COMFYDOCK_TORCH_BACKEND",
    fallback: "auto",
    ...matching(
      /^(auto|cpu|none|xpu|cu\d{2,3}|rocm\d+(\.\d+){0,2})$/,
      "auto, cpu, none, xpu, cuNNN or rocmX.Y",
    ),
  },
  {
    key: "default_python",
    brief: "The Python of new environments",
    env: "COMFYDOCK_PYTHON",
    ...matching(/^3\.\d{1,2}(\.\d{1,2})?$/, "a version such as 3.12"),
  },
  {
    key: "comfyui_source",
    brief: "The git repository of ComfyUI",
    env: "COMFYDOCK_COMFYUI_SOURCE",
    ...ANY_TEXT,
  },
  {
    key: "comfyui_version",
    brief: "The ComfyUI of new environments: latest, a release, a branch or a commit",
    env: "COMFYDOCK_COMFYUI_VERSION",
    fallback: "latest",
    ...ANY_TEXT,
  },
  {
    key: "registry_url",
    brief: "The Comfy Registry to ask",
    env: "COMFYDOCK_REGISTRY_URL",
    ...PLACE,
  },
  {
    key: "manager_url",
    brief: "Where ComfyUI-Manager's data is",
    env: "COMFYDOCK_MANAGER_URL",
    ...PLACE,
  },
  {
    key: "mappings_url",
    brief: "Where published node mappings are; without it the starter index is used",
    env: "COMFYDOCK_MAPPINGS_URL",
    ...PLACE,
  },
  { key: "uv_path", brief: "The uv to use", env: "COMFYDOCK_UV", ...PATH },
  {
    key: "uv_cache_dir",
    brief: "The directory of uv's cache, to share it with other tools",
    env: "COMFYDOCK_UV_CACHE_DIR",
    ...PATH,
  },
  { key: "git_path", brief: "The git to use", env: "COMFYDOCK_GIT", ...PATH },
  {
    key: "lock_timeout",
    brief: "How long to wait for another comfydock, in seconds",
    env: "COMFYDOCK_LOCK_TIMEOUT",
    fallback: 30,
    ...between(0, 86_400),
  },
  {
    key: "rate",
    brief: "Requests a second at most",
    env: "COMFYDOCK_RATE",
    fallback: 8,
    ...between(0.01, 1_000_000),
  },
];

const SECRET_PREFIX = "api_keys.";

/**
 * Finds the definition of a setting.
 *
 * @param origin The file that names it, for the message.
 * @throws `CONFIG_KEY_UNKNOWN` with the nearest right key, `CONFIG_KEY_SECRET` for a credential.
 */
export function findSetting(key: string, origin?: string): SettingDefinition {
  const found = settingDefinitions.find((definition) => definition.key === key);
  if (found) return found;
  if (key.startsWith(SECRET_PREFIX)) {
    throw new ComfydockError(
      workspaceErrors.CONFIG_KEY_SECRET,
      `Cannot keep the secret "${key}" among the settings`,
      { hint: `Run comfydock config set ${key}, and type it when asked`, details: { key } },
    );
  }
  const near = nearest(key, settingDefinitions.map((definition) => definition.key));
  throw new ComfydockError(
    workspaceErrors.CONFIG_KEY_UNKNOWN,
    `Cannot find the setting "${key}"${origin === undefined ? "" : ` that "${origin}" names`}`,
    {
      hint: near ? `Did you mean \`${near}\`?` : "Run comfydock config list",
      details: { key, ...(near === undefined ? {} : { suggestion: near }) },
    },
  );
}

/**
 * Reads a setting's value from a text, as it comes from the command line or an environment variable.
 *
 * @param origin Where the text stands, for the message.
 * @throws `CONFIG_VALUE_INVALID`
 */
export function parseSetting(
  definition: SettingDefinition,
  text: string,
  origin: string,
): SettingValue {
  const isNumber = definition.type === "number" && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim());
  return checkSetting(definition, isNumber ? Number(text) : text, origin);
}

/**
 * Checks a setting's value.
 *
 * @param origin Where the value stands, for the message.
 * @throws `CONFIG_VALUE_INVALID`
 */
export function checkSetting(
  definition: SettingDefinition,
  value: SettingValue,
  origin: string,
): SettingValue {
  if (definition.accepts(value)) return value;
  const { key, wants } = definition;
  throw new ComfydockError(
    workspaceErrors.CONFIG_VALUE_INVALID,
    `Cannot use ${JSON.stringify(value)} for "${key}" from ${origin}: it takes ${wants}`,
    { hint: `Give ${wants}`, details: { key, value, origin } },
  );
}
