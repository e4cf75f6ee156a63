import { resolve } from "node:path";
import { baseErrors, ComfydockError } from "../base/mod.ts";
import { entriesIn, lookAt } from "./disk/mod.ts";
import { workspaceErrors } from "./errors.ts";
import {
  type EnvironmentLayout,
  environmentLayout,
  type WorkspaceLayout,
  workspaceLayout,
} from "./layout.ts";
import { type HeldLock, WORKSPACE_LOCK } from "./locks/mod.ts";
import { checkEnvironmentName, foldName } from "./names.ts";
import { readWorkspaceFile, type WorkspaceFacts, writeWorkspaceFile } from "./workspace_file.ts";

/** A workspace that exists. */
export interface Workspace {
  readonly layout: WorkspaceLayout;
  readonly facts: WorkspaceFacts;
}

/**
 * Opens the workspace at a path.
 *
 * @throws `WORKSPACE_NOT_FOUND`, `WORKSPACE_NEWER`, `WORKSPACE_INVALID`, `FILE_UNREADABLE`
 */
export async function openWorkspace(path: string): Promise<Workspace> {
  const layout = workspaceLayout(resolve(path));
  return { layout, facts: await readWorkspaceFile(layout) };
}

/** The names of the environments, sorted; a directory without manifest is none. */
export async function listEnvironments(layout: WorkspaceLayout): Promise<readonly string[]> {
  const entries = (await entriesIn(layout.environments)).filter(({ isFile }) => !isFile);
  const found = await Promise.all(entries.map(async ({ name }) => {
    const info = await lookAt(environmentLayout(layout, name).manifest);
    return info ? [name] : [];
  }));
  return found.flat();
}

/**
 * Finds an environment by name; case does not matter where nothing else is so named.
 *
 * @param name The name that was given, or `undefined` for the active environment.
 * @throws `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_NONE_ACTIVE`, `ENVIRONMENT_NAME_INVALID`
 */
export async function findEnvironment(
  { layout, facts }: Workspace,
  name?: string,
): Promise<EnvironmentLayout> {
  const wanted = name ?? facts.activeEnvironment;
  const names = await listEnvironments(layout);
  if (wanted === undefined) throw noneActive(names);
  checkEnvironmentName(wanted);
  const found = names.find((each) => each === wanted) ??
    names.find((each) => foldName(each) === foldName(wanted));
  if (found !== undefined) return environmentLayout(layout, found);
  throw new ComfydockError(
    workspaceErrors.ENVIRONMENT_NOT_FOUND,
    `Cannot find the environment "${wanted}" in "${layout.root}"`,
    {
      hint: names.length > 0
        ? `There are ${names.join(", ")}; comfydock create ${wanted} makes it`
        : `Run comfydock create ${wanted}`,
      details: { environment: wanted, existing: names },
    },
  );
}

function noneActive(names: readonly string[]): ComfydockError {
  return new ComfydockError(
    workspaceErrors.ENVIRONMENT_NONE_ACTIVE,
    "Cannot tell which environment is meant: none was named and none is active",
    {
      hint: names.length > 0
        ? `Run comfydock use ${names[0]}, or name one with --env`
        : "Run comfydock create my-env --use",
      details: { existing: names },
    },
  );
}

/**
 * Changes `workspace.json`, starting from what it says now.
 *
 * @param lock The workspace's lock, as a proof that nobody else writes.
 * @param change The facts as they shall be.
 * @throws `WORKSPACE_INVALID`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function updateWorkspace(
  layout: WorkspaceLayout,
  lock: HeldLock,
  change: (facts: WorkspaceFacts) => WorkspaceFacts,
): Promise<Workspace> {
  if (lock.name !== WORKSPACE_LOCK) {
    throw new ComfydockError(baseErrors.INTERNAL, `The lock "${lock.name}" guards no workspace`);
  }
  const facts = change(await readWorkspaceFile(layout));
  await writeWorkspaceFile(layout, facts);
  return { layout, facts };
}

/** The facts with another environment active, or with none. */
export function withActive(facts: WorkspaceFacts, environment: string | undefined): WorkspaceFacts {
  return { ...facts, activeEnvironment: environment };
}
