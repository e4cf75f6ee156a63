import { join } from "node:path";
import { addRemote, pushEnvironment } from "../../src/environment/remotes/mod.ts";
import { applyClone, commitEnvironment, type EnvironmentWorld } from "../../src/environment/mod.ts";
import { editManifest, type ManifestEdit } from "../../src/pyproject/mod.ts";
import { command, createRunner } from "../../src/tools/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "./environment_fixture.ts";
import { put } from "./tracked_workflows.ts";

/** Two environments that share a bare repository on disk. */
export interface TwoClones {
  readonly fixture: EnvironmentFixture;
  /** The path of the bare repository. */
  readonly shared: string;
  /** Opens the world of the one that is called `demo`. */
  one(): EnvironmentWorld;
  /** Opens the world of the one that is called `other`. */
  other(): EnvironmentWorld;
}

/** Makes an empty bare repository. */
export async function makeBareRepository({ root, env }: EnvironmentFixture): Promise<string> {
  const path = join(root, "shared.git");
  const runner = createRunner({ env: { ...Deno.env.toObject(), ...env } });
  await runner.run(command({ program: "git", args: ["init", "--quiet", "--bare", path] }));
  return path;
}

/** Runs a test with two environments, both of which follow `main` of a bare repository. */
export async function withTwoClones(work: (clones: TwoClones) => Promise<void>): Promise<void> {
  await withEnvironment(async (fixture) => {
    const shared = await makeBareRepository(fixture);
    const one = () => fixture.world();
    const other = () => fixture.world({ name: "other" });
    await addRemote(one(), "origin", shared, { cwd: fixture.root });
    await pushEnvironment(one());
    await applyClone(other(), fixture.environment, { withData: false, use: false });
    await work({ fixture, shared, one, other });
  });
}

/** What a test changes in an environment before it commits. */
export interface Change {
  readonly edits?: readonly ManifestEdit[];
  /** Texts of files below `.cec`; nothing takes a file away. */
  readonly files?: Readonly<Record<string, string | undefined>>;
}

/** Changes an environment by hand, and commits. */
export async function commitChange(
  world: EnvironmentWorld,
  message: string,
  { edits = [], files = {} }: Change,
): Promise<void> {
  const { cec, manifest } = world.environment;
  const text = await Deno.readTextFile(manifest);
  await Deno.writeTextFile(manifest, editManifest(text, edits, manifest));
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) await Deno.remove(join(cec, path));
    else await put(join(cec, path), content);
  }
  await commitEnvironment(world, message);
}
