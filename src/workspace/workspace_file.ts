import {
  baseErrors,
  ComfydockError,
  isKind,
  type JsonRecord,
  optional,
  parseJsonText,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
  writeFileAtomic,
} from "../base/mod.ts";
import { workspaceErrors } from "./errors.ts";
import type { WorkspaceLayout } from "./layout.ts";
import { migrateWorkspaceData, WORKSPACE_SCHEMA } from "./migrations.ts";

/** A setting as files hold it. */
export type SettingValue = string | number | boolean;

/** What `workspace.json` says. */
export interface WorkspaceFacts {
  /** ISO 8601. */
  readonly createdAt: string;
  readonly activeEnvironment?: string;
  /** The workspace's layer of the configuration: key to value. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** Fields that this version does not know; they are kept. */
  readonly rest: JsonRecord;
}

const MAX_BYTES = 1_000_000;

/**
 * Reads `workspace.json`, which makes a directory a workspace; an older one is migrated, with the old text kept beside it.
 *
 * A damaged file is never overwritten.
 *
 * @throws `WORKSPACE_NOT_FOUND`, `WORKSPACE_NEWER`, `WORKSPACE_INVALID`, `FILE_UNREADABLE`
 */
export async function readWorkspaceFile(layout: WorkspaceLayout): Promise<WorkspaceFacts> {
  const path = layout.workspaceFile;
  const text = await readTextBounded(path, MAX_BYTES).catch((error) => {
    throw isKind(error, baseErrors.FILE_NOT_FOUND) ? notFound(layout.root, error) : error;
  });
  try {
    const data = readRecord(parseJsonText(text, path), "$");
    const schema = optional(data.schema_version, "$.schema_version", readNumber) ?? 0;
    if (schema > WORKSPACE_SCHEMA) throw newer(layout.root, schema);
    if (schema === WORKSPACE_SCHEMA) return parseFacts(data);
    const facts = parseFacts(migrateWorkspaceData(data, schema));
    await keepOldText(`${path}.v${schema}.bak`, text);
    await writeWorkspaceFile(layout, facts);
    return facts;
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    throw new ComfydockError(
      workspaceErrors.WORKSPACE_INVALID,
      `Cannot read "${path}": ${error.message}`,
      {
        hint: `Repair the file by hand, or move it away and run comfydock init "${layout.root}"`,
        details: { path },
        cause: error,
      },
    );
  }
}

/**
 * Writes `workspace.json`; readers see the old one or the new one.
 *
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function writeWorkspaceFile(
  layout: WorkspaceLayout,
  facts: WorkspaceFacts,
): Promise<void> {
  await writeFileAtomic(layout.workspaceFile, workspaceText(facts));
}

/** The text of a `workspace.json`. */
export function workspaceText(facts: WorkspaceFacts): string {
  const data = {
    schema_version: WORKSPACE_SCHEMA,
    created_at: facts.createdAt,
    active_environment: facts.activeEnvironment ?? null,
    config: facts.settings,
    ...facts.rest,
  };
  return JSON.stringify(data, null, 2) + "\n";
}

function parseFacts(data: JsonRecord): WorkspaceFacts {
  const { schema_version: _, created_at, active_environment, config, ...rest } = data;
  return {
    createdAt: readText(created_at, "$.created_at", 100),
    activeEnvironment: optional(active_environment, "$.active_environment", readName),
    settings: optional(config, "$.config", readSettings) ?? {},
    rest,
  };
}

function readName(value: unknown, path: string): string {
  return readText(value, path, 200);
}

function readSettings(value: unknown, path: string): Readonly<Record<string, SettingValue>> {
  const settings: Record<string, SettingValue> = {};
  for (const [key, setting] of Object.entries(readRecord(value, path))) {
    // `null` is how a hand-written file says "not set".
    if (setting === null) continue;
    settings[key] = typeof setting === "boolean" || typeof setting === "number"
      ? setting
      : readText(setting, `${path}.${key}`, 10_000);
  }
  return settings;
}

async function keepOldText(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, text);
  // Predecessors kept tokens in this file.
  if (Deno.build.os !== "windows") await Deno.chmod(path, 0o600);
}

function notFound(root: string, cause: unknown): ComfydockError {
  return new ComfydockError(
    workspaceErrors.WORKSPACE_NOT_FOUND,
    `Cannot open the workspace "${root}": there is none`,
    {
      hint: `Run comfydock init "${root}", or name another one with --workspace`,
      details: { path: root },
      cause,
    },
  );
}

function newer(root: string, schema: number): ComfydockError {
  return new ComfydockError(
    workspaceErrors.WORKSPACE_NEWER,
    `Cannot open the workspace "${root}": its schema ${schema} is newer than ${WORKSPACE_SCHEMA}`,
    { hint: "Run comfydock self update", details: { path: root, schema } },
  );
}
