import type { Clock, Reporter } from "../base/mod.ts";
import type { HttpClient } from "../http/mod.ts";
import type { Manifest } from "../pyproject/mod.ts";
import type { CommandRunner, Git, Uv } from "../tools/mod.ts";
import type { Checkpoints, EnvironmentLayout, WorkspaceLayout } from "../workspace/mod.ts";

/** What commands on one environment work with. */
export interface EnvironmentWorld {
  readonly workspace: WorkspaceLayout;
  readonly environment: EnvironmentLayout;
  readonly git: Git;
  /** uv, found or provided when it is first needed: many commands never need it. */
  uv(): Promise<Uv>;
  readonly runner: CommandRunner;
  http(): Promise<HttpClient>;
  readonly clock: Clock;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
  /** Points at which tests end the process. */
  readonly checkpoints: Checkpoints;
  readonly lockTimeoutMs: number;
  readonly offline: boolean;
}

/** What the files of an environment say, read once per command. */
export interface EnvironmentState {
  /** Text of `pyproject.toml`. */
  readonly manifestText: string;
  readonly manifest: Manifest;
  /** Text of `uv.lock`; absent when there is none. */
  readonly lockText?: string;
  /** The newest commit of `.cec`; absent before the first. */
  readonly head?: string;
}
