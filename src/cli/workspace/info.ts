import { counted, isKind, VERSION } from "../../base/mod.ts";
import { alignColumns, formatBytes, type Outcome, type Style } from "../../output/mod.ts";
import {
  configValue,
  environmentOfScope,
  freeSpace,
  listEnvironments,
  listTrash,
  listUndoScopes,
  planUndo,
  WORKSPACE_SCOPE,
  workspaceErrors,
  type WorkspaceLayout,
} from "../../workspace/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { openNamedWorkspace, readConfig } from "./access.ts";

/** What `info` tells. */
export interface InfoData {
  readonly version: string;
  readonly workspace: string;
  /** ISO 8601. */
  readonly created_at: string;
  /** Absent when none is. */
  readonly active?: string;
  readonly environments: readonly string[];
  readonly models_dir: string;
  readonly cache_dir: string;
  readonly uv_cache_dir: string;
  readonly logs_dir: string;
  readonly free_bytes: number;
  readonly trash: { readonly entries: number; readonly bytes: number };
  /** The commands that `undo` can take back; the scope is an environment or `workspace`. */
  readonly undo: readonly {
    readonly scope: string;
    readonly command: string;
    readonly at: string;
  }[];
}

/** Tells what the workspace is made of. */
export async function run(
  _input: CommandInput,
  context: CommandContext,
): Promise<Outcome<InfoData>> {
  const workspace = await openNamedWorkspace(context);
  const { layout, facts } = workspace;
  const config = await readConfig(context, workspace);
  const trash = await listTrash(layout);
  return {
    data: {
      version: VERSION,
      workspace: layout.root,
      created_at: facts.createdAt,
      active: facts.activeEnvironment,
      environments: await listEnvironments(layout),
      models_dir: `${configValue(config, "models_dir")}`,
      cache_dir: layout.cache,
      uv_cache_dir: `${configValue(config, "uv_cache_dir")}`,
      logs_dir: layout.logs,
      free_bytes: await freeSpace(layout.root),
      trash: { entries: trash.length, bytes: trash.reduce((sum, { bytes }) => sum + bytes, 0) },
      undo: await readUndo(layout),
    },
  };
}

async function readUndo(layout: WorkspaceLayout): Promise<InfoData["undo"]> {
  const scopes = await listUndoScopes(layout);
  const found = await Promise.all(scopes.map(async (name) => {
    try {
      const { scope, command, at } = await planUndo(layout, name);
      return [{ scope: environmentOfScope(scope) ?? WORKSPACE_SCOPE, command, at }];
    } catch (error) {
      // What it would need has been emptied from the trash, or cannot be read, which is for `doctor` to tell.
      const { UNDO_IMPOSSIBLE, JOURNAL_DAMAGED } = workspaceErrors;
      if (isKind(error, UNDO_IMPOSSIBLE) || isKind(error, JOURNAL_DAMAGED)) return [];
      throw error;
    }
  }));
  return found.flat();
}

/** A line a fact. */
export function view(data: InfoData, style: Style): string[] {
  const { environments, trash } = data;
  const rows: readonly (readonly [string, string])[] = [
    ["workspace", data.workspace],
    ["active", data.active ?? "none"],
    ["environments", environments.length > 0 ? environments.join(", ") : "none"],
    ["models", data.models_dir],
    ["cache", data.cache_dir],
    ["uv's cache", data.uv_cache_dir],
    ["logs", data.logs_dir],
    [
      "trash",
      trash.entries > 0
        ? `${counted(trash.entries, "entry", "entries")}, ${formatBytes(trash.bytes)}`
        : "empty",
    ],
    ["free space", formatBytes(data.free_bytes)],
    ["made", `${data.created_at}`],
    ["comfydock", data.version],
    ...data.undo.map(({ scope, command }) => ["undo", `${command} (${scope})`] as const),
  ];
  return alignColumns(rows.map(([name, value]) => [style.dim(name), value]));
}
