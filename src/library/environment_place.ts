import { join } from "node:path";
import type { OpenedEnvironment } from "../session/environment/mod.ts";
import { openPlaced, type WorkspacePlace } from "./place.ts";

/** An environment by its name; it is looked for when something is asked of it. */
export class EnvironmentPlace {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly workspace: WorkspacePlace;

  /** Names an environment of a workspace. */
  constructor(workspace: WorkspacePlace, name: string) {
    this.name = name;
    this.path = join(workspace.path, "environments", name);
    this.workspace = workspace;
  }

  /** Opens all around it: what functions of the rooms take. */
  async open(): Promise<OpenedEnvironment> {
    return await openPlaced(this.workspace, this.name);
  }
}
