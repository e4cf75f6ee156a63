import assert from "node:assert/strict";
import { join } from "node:path";
import {
  applyClone,
  applyDelete,
  applyRename,
  changeEnvironment,
  type EnvironmentWorld,
  readInstalled,
  undoEnvironment,
} from "../../src/environment/mod.ts";
import {
  environmentLayout,
  listEnvironments,
  listTrash,
  openWorkspace,
} from "../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";

/** A command on the set of environments that is killed wherever it says that it is. */
interface Story {
  readonly argv: readonly string[];
  /** Whose undo takes it back. */
  readonly scope: string;
  readonly act: (world: EnvironmentWorld, fixture: EnvironmentFixture) => Promise<unknown>;
  /** The environment whose world the command has. */
  readonly world?: string;
}

/** All that people see of a workspace. */
async function look({ workspace }: EnvironmentFixture): Promise<string> {
  const names = await listEnvironments(workspace);
  const environments: unknown[] = [];
  for (const name of names) {
    const { root, venv } = environmentLayout(workspace, name);
    const files = await filesOf(root, /^(\.venv|ComfyUI\/\.git)$/);
    environments.push([name, files, await readInstalled(venv)]);
  }
  const { facts } = await openWorkspace(workspace.root);
  const entries = await Array.fromAsync(Deno.readDir(workspace.environments));
  // What an undo put aside goes to the trash with the next command; that is as it should be.
  const own = (await listTrash(workspace)).filter(({ command }) => !command.startsWith("undo"));
  const trash = own.map(({ from, files }) => `${from} ${files}`);
  const logs = await filesOf(workspace.logs, /^$/);
  return JSON.stringify(
    {
      environments,
      active: facts.activeEnvironment ?? null,
      entries: entries.map(({ name }) => name).sort(),
      trash,
      logs,
    },
    null,
    1,
  );
}

async function filesOf(root: string, skipped: RegExp, inner = ""): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(join(root, inner))) {
    const path = inner === "" ? name : `${inner}/${name}`;
    if (skipped.test(path)) continue;
    if (isDirectory) found.push(...await filesOf(root, skipped, path));
    else found.push(isFile ? `${path} ${(await Deno.stat(join(root, path))).size}` : path);
  }
  return found.sort();
}

async function killEverywhere(fixture: EnvironmentFixture, story: Story): Promise<void> {
  const { comfyui, log } = fixture.environment;
  await Deno.writeTextFile(join(comfyui, "output", "a.png"), "picture");
  await Deno.writeTextFile(log, "log");
  const before = await look(fixture);
  const points: string[] = [];
  const checkpoints = { reach: (name: string) => void points.push(name) };
  const open = () => fixture.world({ name: story.world, checkpoints });
  await story.act(open(), fixture);
  const after = await look(fixture);
  assert.notEqual(after, before);
  const undo = () => undoEnvironment(fixture.world(), story.scope);
  await undo();
  assert.equal(await look(fixture), before, "taken back");
  const own = [
    ...new Set(points.filter((name) => !/^journal:(made|kept|retir|discard)/.test(name))),
  ];
  assert.ok(own.length > 4, `${own}`);
  const done = new Set(["journal:committed", "journal:retired"]);
  for (const point of own) {
    const { code, stderr } = await fixture.cli(story.argv, { COMFYDOCK_KILL_AT: point });
    assert.equal(code, 137, `${point}: ${stderr}`);
    // What any next command does first: it ends what was cut off.
    const next = { command: "test", undoable: false };
    await changeEnvironment(fixture.world(), next, () => Promise.resolve());
    const whole = done.has(point);
    assert.equal(await look(fixture), whole ? after : before, `killed at ${point}`);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(fixture.workspace.journal)), [], point);
    if (!whole) continue;
    await undo();
    assert.equal(await look(fixture), before, `taken back after ${point}`);
  }
  assert.equal((await fixture.cli(["validate", "--strict"])).code, 0);
}

Deno.test("delete that is killed anywhere has happened or has not; nothing is lost", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["delete", "demo"],
      scope: "workspace",
      act: (world) => applyDelete(world, { purge: false }),
    })
  );
});

Deno.test("rename that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["rename", "demo", "moved"],
      scope: "workspace",
      act: (world, { workspace }) => applyRename(world, environmentLayout(workspace, "moved")),
    })
  );
});

Deno.test("clone that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["clone", "demo", "twin", "--use"],
      scope: "twin",
      world: "twin",
      act: (world, { environment }) =>
        applyClone(world, environment, { withData: false, use: true }),
    })
  );
});
