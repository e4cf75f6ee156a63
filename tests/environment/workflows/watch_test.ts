import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { type Clock, systemClock } from "../../../src/base/mod.ts";
import {
  readEnvironmentState,
  readWorkflowStates,
  trackWorkflows,
  undoEnvironment,
  type WatchEvent,
  type WatchOptions,
  watchWorkflows,
} from "../../../src/environment/mod.ts";
import { acquireLock, environmentLock } from "../../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { saveInComfyUI, sidesOf, workflowText } from "../../support/workflow_files.ts";

/** A watch that goes on in the background. */
interface Watching {
  readonly told: readonly WatchEvent[];
  /** Waits for an event that was not waited for before, and returns it as `kind name`. */
  next(): Promise<string>;
  stop(): Promise<void>;
}

/** Watches workflows; `a` and `b` are tracked, `c` is not. */
async function withWatch(
  options: WatchOptions,
  work: (fixture: EnvironmentFixture, watching: Watching) => Promise<void>,
  clock: Clock = systemClock,
): Promise<void> {
  await withEnvironment(async (fixture) => {
    for (const name of ["a", "b", "c"]) await saveInComfyUI(fixture, name, workflowText(1));
    await trackWorkflows(fixture.world(), { names: ["a", "b"] });
    const controller = new AbortController();
    const told: WatchEvent[] = [];
    let read = 0;
    let arrived = Promise.withResolvers<void>();
    const ended = (async () => {
      const world = { ...fixture.world({ signal: controller.signal }), clock };
      for await (const event of watchWorkflows(world, options)) {
        told.push(event);
        arrived.resolve();
      }
    })();
    const outcome = ended.then(() => undefined, (error) => error);
    const next = async () => {
      while (read === told.length) {
        arrived = Promise.withResolvers();
        const over = outcome.then((error) => Promise.reject(error ?? new Error("It ended")));
        over.catch(() => {});
        await Promise.race([arrived.promise, over]);
      }
      return nameOf(told[read++]!);
    };
    const stop = async () => {
      controller.abort();
      await outcome;
    };
    try {
      await work(fixture, { told, next, stop });
    } finally {
      await stop();
    }
    await rejects(ended, { code: "INTERRUPTED" });
  });
}

function nameOf(event: WatchEvent): string {
  if (event.event === "synced") {
    return `synced ${event.steps.map(({ name, action }) => `${name} ${action}`).join(", ")}`;
  }
  return "name" in event ? `${event.event} ${event.name}` : event.event;
}

async function hashOf({ world }: EnvironmentFixture, name: string) {
  return (await readEnvironmentState(world())).manifest.workflows[name]?.hash;
}

for (const poll of [false, true]) {
  Deno.test(`${poll ? "looking" : "file events"}: what ComfyUI saves comes into .cec and the manifest, what .cec gets to ComfyUI`, async () => {
    await withWatch({ poll }, async (fixture, { told, next, stop }) => {
      equal(await next(), "watching");
      deepEqual(told[0], {
        event: "watching",
        by: poll ? "polling" : "events",
        tracked: 2,
        untracked: 1,
      });
      const { head } = await readEnvironmentState(fixture.world());
      const before = await hashOf(fixture, "a");
      await saveInComfyUI(fixture, "a", workflowText(2));
      equal(await next(), "synced a take");
      equal(await Deno.readTextFile(sidesOf(fixture, "a").kept), workflowText(2));
      const after = await hashOf(fixture, "a");
      match(after ?? "", /^sha256:[0-9a-f]{64}$/);
      equal(after === before, false);
      await Deno.writeTextFile(sidesOf(fixture, "b").kept, workflowText(3));
      equal(await next(), "synced b put");
      equal(await Deno.readTextFile(sidesOf(fixture, "b").copy), workflowText(3));
      await saveInComfyUI(fixture, "sub/d", workflowText(4));
      equal(await next(), "new sub/d");
      // What it wrote itself led to nothing, or it would have been told before the new one.
      equal((await readEnvironmentState(fixture.world())).head, head);
      await stop();
      equal(told.length, 4);
    });
  });
}

Deno.test("a burst of changes gives one sync, with --commit one commit", async () => {
  const written = Promise.withResolvers<void>();
  // However slow the machine is, no pause is over before all is written.
  const clock: Clock = {
    now: systemClock.now,
    async sleep(milliseconds, signal) {
      const woken = new Promise((resolve) => signal?.addEventListener("abort", resolve));
      await Promise.race([written.promise, woken]);
      await systemClock.sleep(milliseconds, signal);
    },
  };
  await withWatch({ commit: true }, async (fixture, { told, next }) => {
    await next();
    for (let seed = 2; seed < 40; seed++) {
      await saveInComfyUI(fixture, "a", workflowText(seed));
      await saveInComfyUI(fixture, "b", workflowText(seed));
    }
    written.resolve();
    equal(await next(), "synced a take, b take");
    equal(await Deno.readTextFile(sidesOf(fixture, "a").kept), workflowText(39));
    const { head } = await readEnvironmentState(fixture.world());
    await saveInComfyUI(fixture, "last", workflowText(1));
    equal(await next(), "new last");
    deepEqual(told.flatMap((one) => one.event === "synced" ? [one.commit] : []), [head]);
  }, clock);
});

Deno.test("conflicts, deleted and new workflows are told once and stay as they are", async () => {
  await withWatch({}, async (fixture, { next }) => {
    await next();
    // Both at once would be a race with the watch, so the world stands still meanwhile.
    const lock = await acquireLock(fixture.workspace, environmentLock("demo"), {
      command: "node add",
      timeoutMs: 0,
    });
    await saveInComfyUI(fixture, "a", workflowText(2));
    await Deno.writeTextFile(sidesOf(fixture, "a").kept, workflowText(3));
    await Deno.remove(sidesOf(fixture, "b").copy);
    const told = [await next()];
    // The first of the two edits may have been seen alone.
    if (told[0] === "waiting") told.pop();
    while (told.length < 2) told.push(await next());
    deepEqual(told.toSorted(), ["conflict a", "deleted b"]);
    await lock.release();
    await saveInComfyUI(fixture, "c2", workflowText(1));
    equal(await next(), "new c2");
    equal(await Deno.readTextFile(sidesOf(fixture, "a").kept), workflowText(3));
    equal(await Deno.readTextFile(sidesOf(fixture, "a").copy), workflowText(2));
  });
});

Deno.test("another comfydock at work is waited for, and told once", async () => {
  await withWatch({}, async (fixture, { next }) => {
    await next();
    const lock = await acquireLock(fixture.workspace, environmentLock("demo"), {
      command: "node add",
      timeoutMs: 0,
    });
    await saveInComfyUI(fixture, "a", workflowText(2));
    equal(await next(), "waiting");
    await lock.release();
    equal(await next(), "synced a take");
  });
});

Deno.test("undo takes the last sync back, and the watch leaves it so until the workflow changes again", async () => {
  await withWatch({}, async (fixture, { next }) => {
    await next();
    await saveInComfyUI(fixture, "a", workflowText(2));
    equal(await next(), "synced a take");
    await saveInComfyUI(fixture, "b", workflowText(2));
    equal(await next(), "synced b take");
    await undoEnvironment(fixture.world(), "demo");
    equal(await next(), "taken_back b");
    equal(await Deno.readTextFile(sidesOf(fixture, "b").kept), workflowText(1));
    await saveInComfyUI(fixture, "b", workflowText(3));
    equal(await next(), "synced b take");
    const states = await readWorkflowStates(fixture.world());
    deepEqual(states.map(({ change }) => change), ["synced", "synced", "new"]);
  });
});

Deno.test("a manifest that cannot be read is told, and mended it goes on; a directory replaced is followed anew", async () => {
  await withWatch({}, async (fixture, { next }) => {
    await next();
    const { manifest, comfyui } = fixture.environment;
    const text = await Deno.readTextFile(manifest);
    await Deno.writeTextFile(manifest, "[");
    equal(await next(), "failed");
    await Deno.writeTextFile(manifest, text);
    await Deno.rename(join(comfyui, "user"), join(comfyui, "away"));
    // A round may come between the emptying and the writing of the manifest, and then fails once more.
    const afterFailure = async () => {
      for (;;) {
        const told = await next();
        if (told !== "failed") return told;
      }
    };
    equal([await afterFailure(), await next()].toSorted().join(), "deleted a,deleted b");
    for (const name of ["a", "b"]) await saveInComfyUI(fixture, name, workflowText(5));
    // On a busy machine the two files may be noticed one after the other.
    let told = "";
    while (!/a take/.test(told) || !/b take/.test(told)) told += await next();
    match(told, /^(?:synced (?:[ab] take(?:, )?)+)+$/);
  });
});
