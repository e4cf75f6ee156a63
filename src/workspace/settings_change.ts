import {
  type Checkpoints,
  type Clock,
  invalidData,
  type JsonRecord,
  optional,
  readText,
  type Reporter,
} from "../base/mod.ts";
import { ACTIVE_NOTE, activeHandler } from "./active_note.ts";
import { withSetting } from "./config/mod.ts";
import { type CommandChain, type NoteHandler, SETTINGS_SCOPE, transact } from "./journal/mod.ts";
import type { WorkspaceLayout } from "./layout.ts";
import type { HeldLock } from "./locks/mod.ts";
import { updateWorkspace, withActive } from "./open.ts";
import {
  readWorkspaceFile,
  type SettingValue,
  type WorkspaceFacts,
  writeWorkspaceFile,
} from "./workspace_file.ts";

/** The note of one setting of the workspace; its data are its `key`, and its value `before` and `after` the command. */
export const SETTING_NOTE = "workspace-setting";

/** The handler that gives a setting the value that it had, unless somebody has given it another one since. */
export function settingHandler(layout: WorkspaceLayout): NoteHandler {
  const keyOf = (data: JsonRecord) => readText(data.key, "$.key");
  return {
    async capture(data) {
      const { settings } = await readWorkspaceFile(layout);
      const key = keyOf(data);
      return { key, before: settings[key], after: optional(data.before, "$.before", readValue) };
    },
    async restore(data) {
      const facts = await readWorkspaceFile(layout);
      const { [keyOf(data)]: now, ...others } = facts.settings;
      if (now !== optional(data.after, "$.after", readValue)) return;
      const before = optional(data.before, "$.before", readValue);
      const settings = before === undefined ? others : { ...others, [keyOf(data)]: before };
      await writeWorkspaceFile(layout, { ...facts, settings });
    },
  };
}

function readValue(value: unknown, path: string): SettingValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  throw invalidData(path, "a text, a number, true or false", value);
}

/** Whose change of `workspace.json` it is. */
export interface SettingsRequest {
  readonly layout: WorkspaceLayout;
  /** The workspace's. */
  readonly lock: HeldLock;
  /** Such as `config set`. */
  readonly command: string;
  readonly chain?: CommandChain;
  readonly checkpoints?: Checkpoints;
  readonly clock?: Clock;
  readonly reporter?: Reporter;
}

/**
 * Changes a setting of a workspace, or takes it out, so that `undo` can take that back.
 *
 * @param value The value, or `undefined` to take it out.
 * @throws `CONFIG_KEY_UNKNOWN`, `CONFIG_KEY_SECRET`, `CONFIG_VALUE_INVALID`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function changeSetting(
  request: SettingsRequest,
  key: string,
  value: SettingValue | undefined,
): Promise<void> {
  const facts = await readWorkspaceFile(request.layout);
  const wanted = withSetting(facts, key, value);
  const [before, after] = [facts.settings[key], wanted.settings[key]];
  if (before === after) return;
  const note = { kind: SETTING_NOTE, data: { key, before, after } };
  await noteAndWrite(request, note, (now) => withSetting(now, key, value));
}

/**
 * Makes an environment the active one, so that `undo` can take that back.
 *
 * @param name Of an environment that exists.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function chooseActive(request: SettingsRequest, name: string): Promise<void> {
  const { activeEnvironment: before } = await readWorkspaceFile(request.layout);
  if (before === name) return;
  const note = { kind: ACTIVE_NOTE, data: { before, after: name } };
  await noteAndWrite(request, note, (now) => withActive(now, name));
}

// What was cut off before is left to commands on environments: a setting may be just what those need to go on.
async function noteAndWrite(
  { lock, ...request }: SettingsRequest,
  { kind, data }: { readonly kind: string; readonly data: JsonRecord },
  edit: (facts: WorkspaceFacts) => WorkspaceFacts,
): Promise<void> {
  const { layout, checkpoints } = request;
  const handlers = {
    [ACTIVE_NOTE]: activeHandler(layout),
    [SETTING_NOTE]: settingHandler(layout),
  };
  const scope = SETTINGS_SCOPE;
  await transact({ ...request, locks: [lock], scope, handlers }, async (transaction) => {
    await transaction.note(kind, data);
    await updateWorkspace(layout, lock, edit);
    checkpoints?.reach("workspace:settings-written");
  });
}
