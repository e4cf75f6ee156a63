import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { editEnvironment, planRequirements, syncEnvironment } from "../../src/environment/mod.ts";
import {
  listEnvironments,
  listTrash,
  readWorkspaceFile,
  updateWorkspace,
  withActive,
  withLock,
  WORKSPACE_LOCK,
} from "../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { withFillableDisk, withReadOnly } from "../support/hard_disks.ts";
import { endInterrupted, lookAtEnvironment } from "../support/kill_story.ts";
import type { CliRun } from "../support/run_cli.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { track } from "../support/tracked_workflows.ts";

/** A command that changes something, on an environment that {@linkcode prepare} has made ready for all of them. */
interface Case {
  readonly argv: (fixture: EnvironmentFixture) => readonly string[];
  /** The directory that it has to write to, first of all to which it does not get. */
  readonly readOnly: (fixture: EnvironmentFixture) => string;
}

const cec = ({ environment }: EnvironmentFixture) => environment.cec;
const metadata = ({ workspace }: EnvironmentFixture) => workspace.metadata;
const say = (...words: string[]) => () => words;

const cases: readonly Case[] = [
  { argv: say("py", "remove", "six"), readOnly: cec },
  { argv: say("constraint", "add", "idna>=3"), readOnly: cec },
  { argv: say("constraint", "remove", "attrs"), readOnly: cec },
  { argv: say("commit", "-m", "A note"), readOnly: (fixture) => join(cec(fixture), ".git") },
  { argv: say("rollback", "HEAD~1"), readOnly: cec },
  { argv: say("rollback"), readOnly: ({ workspace }) => workspace.trash },
  { argv: say("lock"), readOnly: cec },
  { argv: say("sync"), readOnly: ({ environment }) => environment.comfyui },
  {
    argv: say("update", "--comfyui", "v0.1.0"),
    readOnly: ({ environment }) => environment.comfyui,
  },
  { argv: say("undo"), readOnly: cec },
  { argv: say("use", "demo"), readOnly: metadata },
  {
    argv: ({ source }) => [
      ...["create", "other", "--torch-backend", "none", "--comfyui-source", source, "--use"],
    ],
    readOnly: ({ workspace }) => workspace.environments,
  },
];

/** Makes all commands have something to do. */
async function prepare(fixture: EnvironmentFixture): Promise<void> {
  const { world, environment } = fixture;
  await track(fixture, { "placed/by sync": "{}" }, { copies: false });
  await editEnvironment(world(), {
    command: "py add",
    plan: (state) =>
      planRequirements(state, {
        place: { kind: "constraints" },
        add: ["attrs>20"],
      }, environment.manifest),
  });
  await editEnvironment(world(), {
    command: "py add",
    plan: (state) =>
      planRequirements(state, { place: { kind: "project" }, add: ["six"] }, environment.manifest),
  });
  const manifest = await Deno.readTextFile(environment.manifest);
  await Deno.writeTextFile(environment.manifest, manifest.replace('"six"', '"six", "idna"'));
  await Deno.writeTextFile(join(environment.cec, "note.txt"), "in no commit");
  const { workspace } = fixture;
  await withLock(workspace, WORKSPACE_LOCK, { command: "test", timeoutMs: 0 }, async (lock) => {
    await updateWorkspace(workspace, lock, (facts) => withActive(facts, undefined));
  });
}

/** All that people see of the workspace; short where it is long, for failures to be read. */
async function lookAround(fixture: EnvironmentFixture): Promise<readonly unknown[]> {
  const { workspace } = fixture;
  const { activeEnvironment } = await readWorkspaceFile(workspace);
  const trash = (await listTrash(workspace)).map(({ name }) => name);
  const names = await listEnvironments(workspace);
  const { files, ...rest } = JSON.parse(await lookAtEnvironment(fixture));
  const digests = files.map((text: string) =>
    `${text.slice(0, 20)} ${createHash("sha256").update(text).digest("hex").slice(0, 8)}`
  );
  return [names, activeEnvironment, trash, digests, rest];
}

async function run(fixture: EnvironmentFixture, argv: readonly string[]): Promise<CliRun> {
  const env = { PATH: Deno.env.get("PATH") ?? "", ...fixture.env, COMFYDOCK_ENV: "demo" };
  return await runInProcess([...argv, "--json"], { env });
}

Deno.test("where a directory is read-only, commands change nothing and name what they cannot write", async () => {
  await withEnvironment(async (fixture) => {
    await prepare(fixture);
    const before = await lookAround(fixture);
    for (const { argv, readOnly } of cases) {
      const words = argv(fixture);
      const had = await withReadOnly(readOnly(fixture), async () => {
        const { code, json } = await run(fixture, words);
        const told = [code, json?.error?.code];
        assert.deepEqual(told, [1, "FILE_UNWRITABLE"], `${words}: ${json?.error?.message}`);
        assert.ok(json?.error?.hint, words.join(" "));
      });
      if (!had) return;
      await endInterrupted(fixture.world());
      assert.deepEqual(await lookAround(fixture), before, words.join(" "));
    }
    assert.equal((await syncEnvironment(fixture.world())).followed.length, 1);
  });
});

Deno.test("where the disk is full, commands change nothing and say so", async () => {
  await withEnvironment(async (fixture) => {
    await prepare(fixture);
    const before = await lookAround(fixture);
    await withFillableDisk(fixture.workspace.root, 100, async (disk) => {
      for (const { argv } of cases) {
        const words = argv(fixture);
        await disk.leave(0);
        const { code, json } = await run(fixture, words);
        await disk.free();
        const told = [code, json?.error?.code];
        assert.deepEqual(told, [1, "DISK_FULL"], `${words}: ${json?.error?.message}`);
        await endInterrupted(fixture.world());
        assert.deepEqual(await lookAround(fixture), before, words.join(" "));
      }
    });
  });
});
