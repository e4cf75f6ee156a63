import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  invalidData,
  isKind,
  type JsonRecord,
  parseToml,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";
import type { TomlTable } from "../../pyproject/mod.ts";
import { workspaceErrors } from "../errors.ts";
import type { SettingValue } from "../workspace_file.ts";
import type { Settings } from "./layers.ts";
import { checkSetting, findSetting } from "./settings.ts";

const SCHEMA = 1;
const MAX_BYTES = 1_000_000;
const FIRST_TEXT =
  `# Settings of comfydock for all workspaces; "comfydock config list" shows them.\nschema_version = ${SCHEMA}\n`;

/** The file of a user's settings. */
export function userConfigFile(directory: string): string {
  return join(directory, "config.toml");
}

/**
 * Reads a user's settings; none when there is no file.
 *
 * @throws `CONFIG_NEWER`, `DATA_INVALID` with line and column, `FILE_UNREADABLE`
 */
export async function readUserConfig(directory: string): Promise<Settings> {
  const path = userConfigFile(directory);
  const { schema_version: _, ...settings } = parseText(await readOrEmpty(path), path);
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, readValue(value, `${path}: ${key}`)]),
  );
}

/**
 * Writes one of a user's settings, or takes it out; comments and order of the file stay.
 *
 * @param value The value, or `undefined` to take it out.
 * @throws `CONFIG_KEY_UNKNOWN`, `CONFIG_VALUE_INVALID`, `CONFIG_NEWER`, `DATA_INVALID`, `FILE_UNWRITABLE`
 */
export async function writeUserSetting(
  directory: string,
  key: string,
  value: SettingValue | undefined,
): Promise<void> {
  const path = userConfigFile(directory);
  const text = await readOrEmpty(path) || FIRST_TEXT;
  const wanted: Record<string, unknown> = { schema_version: SCHEMA, ...parseText(text, path) };
  // What does not belong there can be taken out too.
  if (value !== undefined || wanted[key] === undefined) findSetting(key);
  if (value === undefined) delete wanted[key];
  else wanted[key] = checkSetting(findSetting(key), value, "the command line");
  // Loaded only here, because nearly all commands only read.
  const { editToml } = await import("../../pyproject/mod.ts");
  await writeFileAtomic(path, editToml(text, wanted as TomlTable, { name: path }));
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readTextBounded(path, MAX_BYTES);
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return "";
    throw error;
  }
}

function parseText(text: string, path: string): JsonRecord {
  const data = parseToml(text, path);
  const schema = data.schema_version ?? SCHEMA;
  if (typeof schema !== "number") throw invalidData(`${path}: schema_version`, "a number", schema);
  if (schema > SCHEMA) {
    throw new ComfydockError(
      workspaceErrors.CONFIG_NEWER,
      `Cannot read "${path}": its schema ${schema} is newer than ${SCHEMA}`,
      { hint: "Run comfydock self update", details: { path, schema } },
    );
  }
  return data;
}

function readValue(value: unknown, path: string): SettingValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  throw invalidData(path, "a text, a number, true or false", value);
}
