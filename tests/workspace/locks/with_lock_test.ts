import assert from "node:assert/strict";
import { isKind } from "../../../src/base/mod.ts";
import {
  acquireLock,
  environmentLock,
  type LockMode,
  withLock,
  withLocks,
  workspaceErrors,
} from "../../../src/workspace/mod.ts";
import { startChild } from "../support/child.ts";
import { withWorkspace } from "../support/workspace.ts";

const lock = environmentLock("demo");

Deno.test("a lock that another process holds is refused by its command and process, and its death frees it", async () => {
  await withWorkspace(async (layout) => {
    const child = startChild("lock_child.ts", [layout.root]);
    const reader = child.stdout.getReader();
    await reader.read();
    await assert.rejects(
      acquireLock(layout, lock, { command: "sync", timeoutMs: 50 }),
      (error) => {
        assert(isKind(error, workspaceErrors.LOCKED));
        assert.equal(error.exit, 5);
        assert.match(error.message, /environment "demo"/);
        assert.match(error.message, /"comfydock node add"/);
        assert.match(error.message, new RegExp(`process ${child.pid}`));
        return true;
      },
    );
    const held = await acquireLock(layout, lock, {
      command: "sync",
      timeoutMs: 60_000,
      onWait: (owner) => {
        assert.equal(owner?.pid, child.pid);
        child.kill("SIGKILL");
      },
    });
    await held.release();
    await child.status;
    await reader.cancel();
    await child.stderr.cancel();
  });
});

const modes: readonly (readonly [first: LockMode, second: LockMode, together: boolean])[] = [
  ["shared", "shared", true],
  ["shared", "exclusive", false],
  ["exclusive", "shared", false],
  ["exclusive", "exclusive", false],
];

for (const [first, second, together] of modes) {
  Deno.test(`${first} and ${second} locks ${together ? "go" : "do not go"} together`, async () => {
    await withWorkspace(async (layout) => {
      await withLock(layout, lock, { command: "a", timeoutMs: 0, mode: first }, async () => {
        const other = acquireLock(layout, lock, { command: "b", timeoutMs: 0, mode: second });
        if (together) await (await other).release();
        else await assert.rejects(other, (error) => isKind(error, workspaceErrors.LOCKED));
      });
      // Whatever happened, the lock is free afterwards.
      await (await acquireLock(layout, lock, { command: "c", timeoutMs: 0 })).release();
    });
  });
}

Deno.test("environments that differ only in case share a lock, other environments do not", async () => {
  await withWorkspace(async (layout) => {
    const options = { command: "a", timeoutMs: 0 };
    await withLock(layout, lock, options, async () => {
      await assert.rejects(withLock(layout, environmentLock("DEMO"), options, async () => {}));
      await withLock(layout, environmentLock("other"), options, async () => {});
    });
  });
});

Deno.test("work that fails releases its locks, and waiting ends when it is interrupted", async () => {
  await withWorkspace(async (layout) => {
    const options = { command: "a", timeoutMs: 0 };
    const failing = withLocks(layout, ["b", "a", "b"], options, (locks) => {
      assert.deepEqual(locks.map(({ name }) => name), ["a", "b"]);
      return Promise.reject(new Error("Failed"));
    });
    await assert.rejects(failing, /Failed/);
    await withLocks(layout, ["a", "b"], options, async () => {
      const controller = new AbortController();
      const waiting = acquireLock(layout, "a", {
        command: "b",
        timeoutMs: 60_000,
        signal: controller.signal,
        onWait: () => controller.abort(),
      });
      await assert.rejects(waiting, { code: "INTERRUPTED" });
    });
  });
});
