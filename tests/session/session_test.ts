import assert from "node:assert/strict";
import { join } from "node:path";
import { systemClock, type WorkEvent } from "../../src/base/mod.ts";
import { openIndexIfAny } from "../../src/models/mod.ts";
import { openSession, type Session } from "../../src/session/mod.ts";
import { modelWorkspace, registerFile } from "../../src/session/models/mod.ts";
import { initWorkspace } from "../../src/session/settings/mod.ts";
import { lockSettings, readConfig } from "../../src/session/workspace/mod.ts";
import { replaceFile } from "../../src/session/workflows/mod.ts";
import { listTrash, openWorkspace, planInit } from "../../src/workspace/mod.ts";
import { withTempDir } from "../support/alone.ts";
import { sampleModel } from "../support/model_files.ts";

function sessionAt(home: string, events: WorkEvent[] = []): Session {
  return openSession({
    env: { HOME: home, USERPROFILE: home },
    report: { emit: (event) => void events.push(event) },
    signal: new AbortController().signal,
    clock: systemClock,
    offline: true,
  });
}

async function workspaceIn(directory: string, session: Session) {
  const request = { path: join(directory, "ws"), now: "2026-01-01T00:00:00Z" };
  await initWorkspace(session, await planInit(request), request);
  return await openWorkspace(request.path);
}

Deno.test("a session that is offline opens clients that are, too", async () => {
  await withTempDir(async (directory) => {
    const http = await sessionAt(directory).http();
    await assert.rejects(http.send({ url: "http://127.0.0.1:9/" }), { code: "NETWORK_OFFLINE" });
  });
});

Deno.test("whoever waits for a lock is told for whom", async () => {
  await withTempDir(async (directory) => {
    const events: WorkEvent[] = [];
    const session = sessionAt(directory, events);
    const { command, onWait } = lockSettings(session, await readConfig(session), "model scan");
    assert.equal(command, "model scan");
    onWait({ pid: 7, command: "create", since: "2026-01-01T00:00:00Z" });
    onWait(undefined);
    assert.deepEqual(events.map((event) => event.kind === "logged" && event.message), [
      'Waiting for "comfydock create" (process 7)',
      "Waiting for another comfydock",
    ]);
  });
});

Deno.test("a single file is noted below the root that holds it, and below its directory where none does", async () => {
  await withTempDir(async (directory) => {
    const session = sessionAt(directory);
    const workspace = await workspaceIn(directory, session);
    const place = await modelWorkspace(session, workspace, "model add");
    const inside = join(place.models, "vae", "ae.safetensors");
    const outside = join(directory, "elsewhere", "style.safetensors");
    for (const path of [inside, outside]) {
      await Deno.mkdir(join(path, ".."), { recursive: true });
      await Deno.writeFile(path, sampleModel(path));
      await registerFile(session, place, path);
    }
    using index = await openIndexIfAny(workspace.layout);
    const found = index!.models().flatMap(({ locations }) => locations)
      .map(({ relativePath, folder }) => [relativePath, folder]);
    assert.deepEqual(found, [["vae/ae.safetensors", "vae"], ["style.safetensors", undefined]]);
    await assert.rejects(registerFile(session, place, `${inside}.none`), {
      code: "FILE_NOT_FOUND",
    });
  });
});

Deno.test("a file that makes room for an exported one is in the trash", async () => {
  await withTempDir(async (directory) => {
    const session = sessionAt(directory);
    const { layout } = await workspaceIn(directory, session);
    const path = join(directory, "face.json");
    for (const content of ["mine", "exported"]) await replaceFile(session, layout, path, content);
    assert.equal(await Deno.readTextFile(path), "exported");
    const [kept, ...others] = await listTrash(layout);
    assert.equal(others.length, 0);
    assert.match(JSON.stringify(kept), /face\.json/);
  });
});
