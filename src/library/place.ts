import { resolve } from "node:path";
import { type Clock, type Reporter, silentReporter, systemClock } from "../base/mod.ts";
import type { OpenedEnvironment } from "../session/environment/mod.ts";
import { openSession, type Session } from "../session/mod.ts";
import type { Workspace } from "../workspace/reading/mod.ts";

/** How the library meets the world; everything has a default. */
export interface LibraryOptions {
  /** Environment variables; default those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Is told of progress and warnings; default nobody. */
  readonly report?: Reporter;
  /** Ends the work, which is taken back then. */
  readonly signal?: AbortSignal;
  /** Keeps everything off the network. */
  readonly offline?: boolean;
  readonly clock?: Clock;
}

/** A workspace as all components share it; a `WorkspaceManager` is one. */
export interface WorkspacePlace {
  /** Absolute. */
  readonly path: string;
  readonly session: Session;
}

/** Names a workspace, which need not exist. */
export function placeAt(path: string, options: LibraryOptions = {}): WorkspacePlace {
  const { env, report = silentReporter, clock = systemClock, offline = false } = options;
  const signal = options.signal ?? new AbortController().signal;
  return {
    path: resolve(path),
    session: openSession({ env: env ?? Deno.env.toObject(), report, signal, clock, offline }),
  };
}

/**
 * Reads what a workspace says of itself now.
 *
 * @throws `WORKSPACE_NOT_FOUND`, `WORKSPACE_NEWER`, `WORKSPACE_INVALID`
 */
export async function readWorkspace({ path }: WorkspacePlace): Promise<Workspace> {
  const { openWorkspace } = await import("../workspace/reading/mod.ts");
  return await openWorkspace(path);
}

/**
 * Opens an environment of a workspace.
 *
 * @param name Default the active one.
 * @throws `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_NONE_ACTIVE`, and what reading the workspace throws
 */
export async function openPlaced(
  place: WorkspacePlace,
  name?: string,
): Promise<OpenedEnvironment> {
  const workspace = await readWorkspace(place);
  const [{ findEnvironment }, { openEnvironment }] = await Promise.all([
    import("../workspace/reading/mod.ts"),
    import("../session/environment/mod.ts"),
  ]);
  const environment = await findEnvironment(workspace, name);
  return await openEnvironment(place.session, workspace, environment);
}
