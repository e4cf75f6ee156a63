import { ComfydockError } from "../../base/mod.ts";
import {
  checkNewEnvironmentName,
  type EnvironmentLayout,
  foldName,
  listEnvironments,
  lookAt,
  readWorkspaceFile,
  workspaceErrors,
  type WorkspaceLayout,
} from "../../workspace/mod.ts";
import { logFiles } from "../run/places.ts";
import { readLock } from "../state.ts";
import { relocateVenv } from "../venv/relocate.ts";
import type { RenamePlan, VenvFate } from "./types.ts";

/**
 * Decides how an environment gets another name; nothing is changed.
 *
 * @param from The environment that exists.
 * @param to The layout under the new name, which may differ from the old one in case alone.
 * @throws `ENVIRONMENT_NAME_INVALID`, `ENVIRONMENT_EXISTS`
 */
export async function planRename(
  workspace: WorkspaceLayout,
  from: EnvironmentLayout,
  to: EnvironmentLayout,
): Promise<RenamePlan> {
  const others = (await listEnvironments(workspace)).filter((name) => name !== from.name);
  // The same name is no other one.
  checkNewEnvironmentName(to.name, from.name === to.name ? [from.name] : others);
  if (foldName(to.name) !== foldName(from.name) && await lookAt(to.root)) throw occupied(to);
  const { activeEnvironment } = await readWorkspaceFile(workspace);
  const logs: string[] = [];
  for (const path of logFiles(from.log)) if (await lookAt(path)) logs.push(path);
  return {
    from: from.name,
    to: to.name,
    path: to.root,
    venv: await fateOf(from, to),
    logs,
    wasActive: activeEnvironment === from.name,
  };
}

async function fateOf(from: EnvironmentLayout, to: EnvironmentLayout): Promise<VenvFate> {
  if (!await lookAt(from.venv)) return "none";
  const files = await relocateVenv(from.venv, relocation(from, to));
  if (files) return "moved";
  return await readLock(from.lockFile) === undefined ? "none" : "rebuilt";
}

/** From where to where an environment moves. */
export function relocation(from: EnvironmentLayout, to: EnvironmentLayout): {
  readonly from: string;
  readonly to: string;
  readonly oldName: string;
  readonly newName: string;
} {
  return { from: from.root, to: to.root, oldName: from.name, newName: to.name };
}

function occupied({ name, root }: EnvironmentLayout): ComfydockError {
  return new ComfydockError(
    workspaceErrors.ENVIRONMENT_EXISTS,
    `Cannot name an environment "${name}": "${root}" exists`,
    { hint: `Choose another name, or move "${root}" away`, details: { name, path: root } },
  );
}
