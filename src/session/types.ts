import type { Clock, Reporter } from "../base/mod.ts";
import type { HttpClient } from "../http/mod.ts";
import type { CommandChain } from "../workspace/mod.ts";

/** Settings of the HTTP client that a piece of work asks for. */
export interface HttpSettings {
  /** Requests a second at most. */
  readonly rate?: number;
  readonly concurrency?: number;
  /** How many requests may go out in all. */
  readonly requestBudget?: number;
  /** Repetitions of a failed request; default 5. */
  readonly retries?: number;
  /** Origins of loopback servers of our own that are reached although the session is offline. */
  readonly ownServers?: readonly string[];
}

/** What every piece of work is done with. */
export interface Session {
  /** Environment variables, read once. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly report: Reporter;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Whether nothing may be asked of the network. */
  readonly offline: boolean;
  /** Of the command that the session is for: all that it changes is taken back by one `undo`. */
  readonly chain?: CommandChain;
  /** Opens a client that keeps to `offline` and tells this session's reporter. */
  http(settings?: HttpSettings): Promise<HttpClient>;
}
