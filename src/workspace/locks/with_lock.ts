import { join } from "node:path";
import {
  forgetOwner,
  type LockMode,
  type LockOwner,
  readOwner,
  tryOsLock,
  writeOwner,
} from "../../base/locks/mod.ts";
import { type Clock, ComfydockError, systemClock, throwIfAborted } from "../../base/mod.ts";
import { workspaceErrors } from "../errors.ts";
import type { WorkspaceLayout } from "../layout.ts";
import { foldName } from "../names.ts";

/** The lock of what belongs to no environment. */
export const WORKSPACE_LOCK = "workspace";

/** The name of the lock that guards one environment. */
export function environmentLock(environment: string): string {
  return `env-${foldName(environment)}`;
}

/** How a lock is taken. */
export interface LockOptions {
  /** The command that wants it, for whoever must wait. */
  readonly command: string;
  /** How long to wait for another holder, in milliseconds. */
  readonly timeoutMs: number;
  /** `shared` lets several readers in; by default `exclusive`. */
  readonly mode?: LockMode;
  /** Told once when there is somebody to wait for. */
  readonly onWait?: (owner: LockOwner | undefined) => void;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

/** A lock that is held; having one is the proof that its guarded part is ours alone. */
export interface HeldLock {
  readonly name: string;
  readonly mode: LockMode;
  /** Lets go; harmless when repeated. */
  release(): Promise<void>;
}

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 250;

/**
 * Takes a lock of the workspace, waiting for another holder with growing pauses.
 *
 * @throws `LOCKED` with the holder's process and command, `INTERRUPTED`, `FILE_UNWRITABLE`
 */
export async function acquireLock(
  layout: WorkspaceLayout,
  name: string,
  options: LockOptions,
): Promise<HeldLock> {
  const { command, timeoutMs, mode = "exclusive", clock = systemClock, signal } = options;
  const path = join(layout.locks, `${name}.lock`);
  const ownerPath = join(layout.locks, `${name}.owner.json`);
  const deadline = clock.now() + timeoutMs;
  let told = false;
  for (let pause = FIRST_PAUSE_MS;; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    throwIfAborted(signal);
    const releaseOsLock = tryOsLock(path, mode);
    if (releaseOsLock) {
      return await announce(name, mode, ownerPath, command, clock, releaseOsLock);
    }
    const left = deadline - clock.now();
    if (left <= 0) throw lockedError(name, await readOwner(ownerPath), clock);
    if (!told) options.onWait?.(await readOwner(ownerPath));
    told = true;
    await clock.sleep(Math.min(pause, left), signal);
  }
}

async function announce(
  name: string,
  mode: LockMode,
  ownerPath: string,
  command: string,
  clock: Clock,
  releaseOsLock: () => void,
): Promise<HeldLock> {
  let held = true;
  try {
    if (mode === "exclusive") {
      const since = new Date(clock.now()).toISOString();
      await writeOwner(ownerPath, { pid: Deno.pid, command, since });
    }
  } catch (error) {
    releaseOsLock();
    throw error;
  }
  return {
    name,
    mode,
    async release() {
      if (!held) return;
      held = false;
      if (mode === "exclusive") await forgetOwner(ownerPath);
      releaseOsLock();
    },
  };
}

function lockedError(name: string, owner: LockOwner | undefined, clock: Clock): ComfydockError {
  const what = name.startsWith("env-")
    ? `environment "${name.slice(4)}"`
    : name === WORKSPACE_LOCK
    ? "workspace"
    : `"${name}"`;
  const holder = owner
    ? `"comfydock ${owner.command}" (process ${owner.pid}) has held it for ${
      Math.max(0, Math.round((clock.now() - Date.parse(owner.since)) / 1000))
    } s`
    : "another process holds it";
  return new ComfydockError(
    workspaceErrors.LOCKED,
    `Cannot lock the ${what}: ${holder}`,
    {
      hint: "Wait until it has ended, or run comfydock config set lock_timeout SECONDS",
      details: { lock: name, ...(owner ?? {}) },
    },
  );
}

/**
 * Runs work while holding a lock.
 *
 * @throws `LOCKED`, `INTERRUPTED`, and what the work throws.
 */
export async function withLock<Result>(
  layout: WorkspaceLayout,
  name: string,
  options: LockOptions,
  work: (lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  const lock = await acquireLock(layout, name, options);
  try {
    return await work(lock);
  } finally {
    await lock.release();
  }
}

/** Like {@linkcode withLock} for several locks, taken in one order everywhere so that no two wait for each other. */
export async function withLocks<Result>(
  layout: WorkspaceLayout,
  names: readonly string[],
  options: LockOptions,
  work: (locks: readonly HeldLock[]) => Promise<Result>,
): Promise<Result> {
  const locks: HeldLock[] = [];
  try {
    for (const name of [...new Set(names)].sort()) {
      locks.push(await acquireLock(layout, name, options));
    }
    return await work(locks);
  } finally {
    for (const lock of locks.reverse()) await lock.release();
  }
}
