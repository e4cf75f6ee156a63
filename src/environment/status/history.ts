import { isKind } from "../../base/mod.ts";
import { acquireLock, environmentLock, workspaceErrors } from "../../workspace/mod.ts";
import { uncommitted } from "../history/commit.ts";
import { hasRepository } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import type { Difference, StatusFacts } from "./types.ts";

/** Looks for a command that was cut off, or is still at work. */
export async function inspectJournal({ world }: StatusFacts): Promise<readonly Difference[]> {
  if (!await isJournalOpen(world)) return [];
  const { environment: { name } } = world;
  if (await isBusy(world)) {
    const settle = `comfydock status --env ${name}`;
    return [{ kind: "busy", subject: name, severity: "warning", settle }];
  }
  const settle = `comfydock repair --env ${name}`;
  return [{ kind: "interrupted", subject: name, severity: "error", settle }];
}

/** Whether the journal holds something of an environment: a command at work, or one that was cut off. */
export async function isJournalOpen(
  { workspace, environment }: EnvironmentWorld,
): Promise<boolean> {
  const suffix = `~${environmentLock(environment.name)}`;
  for await (const { name } of Deno.readDir(workspace.journal)) {
    if (name.endsWith(suffix)) return true;
  }
  return false;
}

async function isBusy({ workspace, environment, clock }: EnvironmentWorld): Promise<boolean> {
  try {
    const lock = await acquireLock(workspace, environmentLock(environment.name), {
      command: "status",
      timeoutMs: 0,
      mode: "shared",
      clock,
    });
    await lock.release();
    return false;
  } catch (error) {
    if (isKind(error, workspaceErrors.LOCKED)) return true;
    throw error;
  }
}

/** Looks for what is not committed. */
export async function inspectHistory({ world }: StatusFacts): Promise<readonly Difference[]> {
  const { name, cec } = world.environment;
  if (!await hasRepository(cec)) {
    const settle = `comfydock repair --env ${name}`;
    return [{ kind: "history_missing", subject: ".cec", severity: "error", settle }];
  }
  return (await uncommitted(world)).map(({ path, kind, worktree }) => ({
    kind: "uncommitted",
    subject: path,
    found: kind === "untracked" ? "new" : worktree === "D" ? "deleted" : "changed",
    severity: "warning",
    settle: `comfydock commit --env ${name} -m "…"`,
  }));
}
