import { type ConfigEntry, configValue, type LockOwner } from "../../workspace/reading/mod.ts";
import type { Session } from "../types.ts";

/** How locks are taken: whose they are, how long to wait, and what people are told meanwhile. */
export interface LockSettings {
  readonly command: string;
  readonly timeoutMs: number;
  readonly onWait: (owner: LockOwner | undefined) => void;
  readonly clock: Session["clock"];
  readonly signal: AbortSignal;
}

/**
 * The lock settings of a piece of work.
 *
 * @param command What it is called for whoever waits for its locks.
 */
export function lockSettings(
  { clock, signal, report }: Pick<Session, "clock" | "signal" | "report">,
  config: readonly ConfigEntry[],
  command: string,
): LockSettings {
  return {
    command,
    timeoutMs: Number(configValue(config, "lock_timeout")) * 1000,
    onWait: (owner) => {
      const who = owner
        ? `"comfydock ${owner.command}" (process ${owner.pid})`
        : "another comfydock";
      report.emit({ kind: "logged", level: "INFO", message: `Waiting for ${who}` });
    },
    clock,
    signal,
  };
}
