import type { Clock, Reporter } from "../base/mod.ts";
import type { HttpClient } from "../http/mod.ts";
import type { Manifest } from "../pyproject/mod.ts";
import type { CommandRunner, Environment, Git, GroupOwners, Uv } from "../tools/mod.ts";
import type {
  Checkpoints,
  CommandChain,
  EnvironmentLayout,
  NoteHandlers,
  WorkspaceLayout,
} from "../workspace/mod.ts";

/** How uv is used for one piece of work. */
export interface UvUse {
  /** Keeps uv off the network; default what the whole command does. */
  readonly offline?: boolean;
  /** Whose dependency group is whose, for the explanation of conflicts. */
  readonly owners?: GroupOwners;
}

/** What commands on one environment work with. */
export interface EnvironmentWorld {
  readonly workspace: WorkspaceLayout;
  readonly environment: EnvironmentLayout;
  readonly git: Git;
  /** uv, found or provided when it is first needed: many commands never need it. */
  uv(use?: UvUse): Promise<Uv>;
  readonly runner: CommandRunner;
  /** A client, opened when it is first needed. */
  http(): Promise<HttpClient>;
  /** Variables of this process. */
  readonly env: Environment;
  /** The directory that holds the models of all environments. */
  readonly models: string;
  readonly clock: Clock;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
  /** How what lies outside the files is brought back; works although `signal` was aborted. */
  readonly handlers: NoteHandlers;
  /** Points at which tests end the process. */
  readonly checkpoints: Checkpoints;
  readonly lockTimeoutMs: number;
  readonly offline: boolean;
  /** What the command that is carried out has changed before; `undo` takes back all of it at once. */
  readonly chain?: CommandChain;
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
