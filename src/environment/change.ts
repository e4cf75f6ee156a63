import { join } from "node:path";
import {
  change,
  type EnvironmentLayout,
  environmentLock,
  type JournalContext,
  lookAt,
  removeTree,
  type Transaction,
} from "../workspace/mod.ts";
import type { EnvironmentWorld } from "./types.ts";

/** A command that changes an environment. */
export interface EnvironmentChange {
  /** Such as `py add`. */
  readonly command: string;
  /** Whether `undo` can take it back; by default it can. */
  readonly undoable?: boolean;
  /** Names of locks besides that of the environment. */
  readonly locks?: readonly string[];
}

/**
 * Does all that surrounds a change of an environment: its lock, recovery of what was cut off before, the transaction.
 *
 * A change that does nothing takes the place of the one that `undo` would take back, so decide first whether there is
 * anything to do.
 *
 * @param work Decides from what is on disk now, and changes files by the transaction alone.
 * @throws `LOCKED`, `JOURNAL_PENDING`, `JOURNAL_DAMAGED`, and what the work throws, after it has been taken back
 */
export async function changeEnvironment<Result>(
  world: EnvironmentWorld,
  { command, undoable, locks = [] }: EnvironmentChange,
  work: (transaction: Transaction, context: JournalContext) => Promise<Result>,
): Promise<Result> {
  const { environment } = world;
  return await change({
    ...journalRequest(world),
    command,
    undoable,
    chain: world.chain,
    locks: [environmentLock(environment.name), ...locks],
  }, async (transaction, context) => {
    await sweepScratch(environment);
    return await work(transaction, context);
  });
}

/** What `change` and `undoLast` of the workspace are told about an environment. */
export function journalRequest(world: EnvironmentWorld): {
  readonly layout: EnvironmentWorld["workspace"];
  readonly scope: string;
  readonly lockTimeoutMs: number;
  readonly handlers: EnvironmentWorld["handlers"];
  readonly checkpoints: EnvironmentWorld["checkpoints"];
  readonly clock: EnvironmentWorld["clock"];
  readonly reporter: EnvironmentWorld["report"];
  readonly signal?: AbortSignal;
  readonly onWait: (owner: { readonly pid: number; readonly command: string } | undefined) => void;
} {
  const { workspace, environment, lockTimeoutMs, handlers, checkpoints, clock, report, signal } =
    world;
  return {
    layout: workspace,
    scope: environment.name,
    lockTimeoutMs,
    handlers,
    checkpoints,
    clock,
    reporter: report,
    signal,
    onWait(owner) {
      const who = owner ? `comfydock ${owner.command} (process ${owner.pid})` : "another process";
      report.emit({ kind: "logged", level: "INFO", message: `Waiting for ${who} to end` });
    },
  };
}

// Trial resolutions work beside `.cec`, and a `.venv` is made anew beside the old one; killed ones leave theirs.
async function sweepScratch({ root }: EnvironmentLayout): Promise<void> {
  if (!await lookAt(root)) return;
  for await (const { name } of Deno.readDir(root)) {
    if (/^\.\.(cec|venv)\..*\.tmp$/.test(name)) await removeTree(join(root, name));
  }
}
