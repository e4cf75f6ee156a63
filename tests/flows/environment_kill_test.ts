import assert from "node:assert/strict";
import { join } from "node:path";
import {
  changeEnvironment,
  commitEnvironment,
  type EnvironmentWorld,
  readInstalled,
  readStatus,
  rollbackEnvironment,
  syncEnvironment,
  undoEnvironment,
} from "../../src/environment/mod.ts";
import { listTrash } from "../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";

/** A command that is killed wherever it says that it is. */
interface Story {
  readonly argv: readonly string[];
  /** Brings about what the command starts from. */
  readonly prepare: (fixture: EnvironmentFixture) => Promise<void>;
  /** The same command in this process. */
  readonly act: (world: EnvironmentWorld) => Promise<unknown>;
}

/** All that people see of an environment. */
async function look({ world, environment }: EnvironmentFixture): Promise<string> {
  const { git, environment: { cec, comfyui, venv } } = world();
  const files: string[] = [];
  for await (const { name, isFile } of Deno.readDir(cec)) {
    if (isFile) files.push(`${name}: ${await Deno.readTextFile(join(cec, name))}`);
  }
  const { differences } = await readStatus(world());
  return JSON.stringify(
    {
      files: files.sort(),
      history: (await git.log(cec)).map(({ subject }) => subject.replace(/[0-9a-f]{8}$/, "")),
      index: (await git.status(cec)).entries,
      comfyui: await git.resolve(comfyui, "HEAD"),
      packages: await readInstalled(venv),
      models: await Deno.readLink(join(environment.comfyui, "models")),
      differences: differences.map(({ kind, subject }) => `${kind} ${subject}`),
    },
    null,
    1,
  );
}

/** What any next command does first: ends what was cut off. */
async function nextCommand(world: EnvironmentWorld): Promise<void> {
  await changeEnvironment(world, { command: "test", undoable: false }, () => Promise.resolve());
}

async function killEverywhere(fixture: EnvironmentFixture, story: Story): Promise<void> {
  await story.prepare(fixture);
  const before = await look(fixture);
  const points: string[] = [];
  await story.act(fixture.world({ checkpoints: { reach: (name) => points.push(name) } }));
  const after = await look(fixture);
  assert.notEqual(after, before);
  const own = points.filter((name) =>
    /^(environment|rollback|journal:(record|committed))/.test(name)
  );
  assert.ok(own.length > 4, `${own}`);
  const passed = new Map<string, number>();
  await takeBack(fixture, before);
  for (const [at, name] of own.entries()) {
    const count = (passed.get(name) ?? 0) + 1;
    passed.set(name, count);
    const point = `${name}:${count}`;
    const { code, stderr } = await fixture.cli(story.argv, { COMFYDOCK_KILL_AT: point });
    assert.equal(code, 137, `${point}: ${stderr}`);
    await nextCommand(fixture.world());
    const committed = name === "journal:committed";
    assert.equal(await look(fixture), committed ? after : before, `killed at ${point}`);
    // Now and then the command is given once more; each time it would only take longer.
    if (!committed && at % 5 !== 0) continue;
    if (!committed) await story.act(fixture.world());
    assert.equal(await look(fixture), after, `done again after ${point}`);
    await takeBack(fixture, before);
  }
  await story.act(fixture.world());
}

async function takeBack(fixture: EnvironmentFixture, before: string): Promise<void> {
  await undoEnvironment(fixture.world(), "demo");
  assert.equal(await look(fixture), before, "taken back");
}

async function addPackage({ environment }: EnvironmentFixture, name: string): Promise<void> {
  const text = await Deno.readTextFile(environment.manifest);
  const edited = text.replace('"packaging>=23.0"', `"packaging>=23.0", "${name}"`);
  assert.notEqual(edited, text);
  await Deno.writeTextFile(environment.manifest, edited);
}

Deno.test("sync that is killed anywhere has happened or has not, and the next command makes it whole", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["sync"],
      prepare: (made) => addPackage(made, "six"),
      act: (world) => syncEnvironment(world),
    })
  );
});

Deno.test("commit that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["commit", "-m", "A note"],
      prepare: ({ environment }) =>
        Deno.writeTextFile(join(environment.cec, "workflows", "one.json"), "{}"),
      act: (world) => commitEnvironment(world, "A note"),
    })
  );
});

Deno.test("rollback that is killed anywhere has happened or has not; files, packages, ComfyUI and trash agree", async () => {
  await withEnvironment(async (fixture) => {
    const note = join(fixture.environment.cec, "note.txt");
    await killEverywhere(fixture, {
      argv: ["rollback", "HEAD~1"],
      async prepare(made) {
        const { environment } = made;
        const world = made.world();
        const older = await world.git.resolve(environment.comfyui, "v0.1.0");
        const newer = await world.git.resolve(environment.comfyui, "HEAD");
        const text = await Deno.readTextFile(environment.manifest);
        await Deno.writeTextFile(environment.manifest, text.replace(newer!, older!));
        await addPackage(made, "six");
        await syncEnvironment(world);
        await Deno.remove(join(environment.comfyui, "models"));
        await world.git.checkout(environment.comfyui, older!, { force: true });
        await Deno.remove(join(environment.comfyui, "models"), { recursive: true });
        await Deno.symlink(made.workspace.defaultModels, join(environment.comfyui, "models"));
        await nextCommand(world);
        await Deno.writeTextFile(note, "in no commit");
      },
      act: (world) => rollbackEnvironment(world, "HEAD~1"),
    });
    const kept = (await listTrash(fixture.workspace)).map(({ name }) => name);
    assert.deepEqual(kept, ["note.txt"]);
  });
});

Deno.test("of two commands at once one waits, or is refused by the name of the other", async () => {
  await withEnvironment(async (fixture) => {
    await addPackage(fixture, "six");
    const held = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const first = changeEnvironment(fixture.world(), { command: "py add" }, async () => {
      started.resolve();
      await held.promise;
    });
    await started.promise;
    const { code, json } = await fixture.cli(["sync", "--json"], { COMFYDOCK_LOCK_TIMEOUT: "0" });
    assert.equal(code, 5);
    assert.equal(json?.error?.code, "LOCKED");
    assert.match(json?.error?.message ?? "", /comfydock py add/);
    const waiting = fixture.cli(["sync"]);
    held.resolve();
    await first;
    const second = await waiting;
    assert.equal(second.code, 0, second.stderr);
    assert.equal((await fixture.cli(["validate"])).code, 0);
  });
});
