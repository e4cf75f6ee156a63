import type { Clock, Reporter } from "../base/mod.ts";
import type { HttpClient } from "../http/mod.ts";

/** What the demo works with. */
export interface DemoWorld {
  /** Where its files go; made when missing. */
  readonly directory: string;
  /**
   * Opens a client.
   *
   * @param ownServers Origins on loopback that are reached although the demo is `offline`.
   */
  http(ownServers?: readonly string[]): Promise<HttpClient>;
  readonly report: Reporter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Variables of this process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Keeps uv off the network. */
  readonly offline: boolean;
}

/** What one step of the demo showed. */
export interface DemoStep {
  readonly title: string;
  readonly status: "done" | "skipped";
  /** What came out, a sentence or a table line each. */
  readonly lines: readonly string[];
  /** Commands that show more of it. */
  readonly commands: readonly string[];
  /** Why it was skipped and what would help. */
  readonly hint?: string;
}
