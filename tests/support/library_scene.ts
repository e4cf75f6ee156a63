import { join } from "node:path";
import { type Environment, WorkspaceManager } from "../../mod.ts";
import { systemClock } from "../../src/base/mod.ts";
import { withTempDir } from "./alone.ts";
import { type EnvironmentFixture, withEnvironment } from "./environment_fixture.ts";
import { type PackRegistry, packVariables, startPackRegistry } from "./node_packs.ts";

/** The environment `demo` of a fixture, as the library has it. */
export interface LibraryScene {
  readonly fixture: EnvironmentFixture;
  readonly registry: PackRegistry;
  readonly env: Readonly<Record<string, string>>;
  readonly workspace: WorkspaceManager;
  readonly demo: Environment;
}

/** Runs a test with the environment `demo` and a registry that has the pack `alpha`. */
export async function withLibrary(work: (scene: LibraryScene) => Promise<void>): Promise<void> {
  await withEnvironment(async (fixture) => {
    await using registry = startPackRegistry({ id: "alpha", version: "1.0.0" });
    const env = await packVariables(fixture, registry);
    const workspace = await WorkspaceManager.open(fixture.workspace.root, { env });
    const demo = await workspace.getEnvironment("demo");
    await work({ fixture, registry, env, workspace, demo });
  });
}

/** Runs a test with a workspace that has nothing in it yet. */
export async function withNewWorkspace(
  work: (workspace: WorkspaceManager, directory: string) => Promise<void>,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  await withTempDir(async (directory) => {
    const env = { HOME: directory, USERPROFILE: directory, ...variables };
    const options = { env, clock: systemClock };
    await work(await WorkspaceManager.create(join(directory, "ws"), options), directory);
  });
}
