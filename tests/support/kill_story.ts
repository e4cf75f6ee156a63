import assert from "node:assert/strict";
import { join } from "node:path";
import {
  changeEnvironment,
  type EnvironmentWorld,
  readInstalled,
  readStatus,
  undoEnvironment,
} from "../../src/environment/mod.ts";
import { listFiles } from "../../src/environment/nodes/files.ts";
import type { EnvironmentFixture } from "./environment_fixture.ts";

/** A command that is killed wherever it says that it is. */
export interface KillStory {
  readonly argv: readonly string[];
  /** Brings about what the command starts from. */
  readonly prepare: (fixture: EnvironmentFixture) => Promise<void>;
  /** The same command in this process. */
  readonly act: (world: EnvironmentWorld) => Promise<unknown>;
  /** Where it is killed; default at all points but those that every transaction passes. */
  readonly points?: RegExp;
}

/** All that people see of an environment. */
export async function lookAtEnvironment(
  { world, environment }: EnvironmentFixture,
): Promise<string> {
  const { git, environment: { cec, comfyui, venv, customNodes } } = world();
  const files: string[] = [];
  for await (const { name, isFile } of Deno.readDir(cec)) {
    if (isFile) files.push(`${name}: ${await Deno.readTextFile(join(cec, name))}`);
  }
  const { differences } = await readStatus(world());
  const { branch, entries } = await git.status(cec);
  return JSON.stringify(
    {
      files: files.sort(),
      history: (await git.log(cec)).map(({ subject }) => subject.replace(/[0-9a-f]{8}$/, "")),
      branch,
      index: entries,
      comfyui: await git.resolve(comfyui, "HEAD"),
      packages: await readInstalled(venv),
      nodes: [...listFiles(customNodes).keys()],
      models: await Deno.readLink(join(environment.comfyui, "models")),
      differences: differences.map(({ kind, subject }) => `${kind} ${subject}`),
    },
    null,
    1,
  );
}

/** What any next command does first: ends what was cut off. */
export async function endInterrupted(world: EnvironmentWorld): Promise<void> {
  await changeEnvironment(world, { command: "test", undoable: false }, () => Promise.resolve());
}

const OWN = /^(environment|rollback|journal:(record|committed))/;

/**
 * Kills a command at each point that it passes: it has then happened or has not, and given once more it happens.
 */
export async function killEverywhere(fixture: EnvironmentFixture, story: KillStory): Promise<void> {
  await story.prepare(fixture);
  const before = await lookAtEnvironment(fixture);
  const points: string[] = [];
  await story.act(fixture.world({ checkpoints: { reach: (name) => points.push(name) } }));
  const after = await lookAtEnvironment(fixture);
  assert.notEqual(after, before);
  const own = points.filter((name) => (story.points ?? OWN).test(name));
  assert.ok(own.length > 3, `${own}`);
  await takeBack(fixture, before);
  for (const [at, { name, point }] of chosenPoints(own).entries()) {
    const { code, stderr } = await fixture.cli(story.argv, { COMFYDOCK_KILL_AT: point });
    assert.equal(code, 137, `${point}: ${stderr}`);
    await endInterrupted(fixture.world());
    const committed = name === "journal:committed";
    assert.equal(
      await lookAtEnvironment(fixture),
      committed ? after : before,
      `killed at ${point}`,
    );
    // Now and then the command is given once more; each time it would only take longer.
    if (!committed && at % 5 !== 0) continue;
    if (!committed) await story.act(fixture.world());
    assert.equal(await lookAtEnvironment(fixture), after, `done again after ${point}`);
    await takeBack(fixture, before);
  }
  await story.act(fixture.world());
}

/**
 * Where a command is killed: the first and the last time that it passes each point, and one time between by the day, so
 * that in the course of time it is each. `COMFYDOCK_TEST_KILL_ALL` has it killed every time.
 */
function chosenPoints(names: readonly string[]): readonly { name: string; point: string }[] {
  const all = Deno.env.has("COMFYDOCK_TEST_KILL_ALL");
  const today = Math.floor(Date.now() / 86_400_000);
  return [...new Set(names)].flatMap((name) => {
    const count = names.filter((one) => one === name).length;
    const times = Array.from({ length: count }, (_, at) => at + 1);
    const between = 2 + today % Math.max(1, count - 2);
    return times.filter((time) => all || time === 1 || time === between || time === count)
      .map((time) => ({ name, point: `${name}:${time}` }));
  });
}

async function takeBack(fixture: EnvironmentFixture, before: string): Promise<void> {
  await undoEnvironment(fixture.world(), "demo");
  assert.equal(await lookAtEnvironment(fixture), before, "taken back");
}
