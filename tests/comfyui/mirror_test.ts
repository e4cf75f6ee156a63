import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fileURLToPath } from "node:url";
import { checkoutComfyUI, obtainComfyUI } from "../../src/comfyui/mod.ts";
import { withLock, workspaceLayout } from "../../src/workspace/mod.ts";
import { command } from "../../src/tools/mod.ts";
import { type ComfyUITestWorld, failureOf, withComfyUI } from "../support/comfyui_world.ts";

async function mirrorsOf({ root }: ComfyUITestWorld): Promise<readonly string[]> {
  const names = (await Array.fromAsync(Deno.readDir(join(root, "mirrors")))).map((e) => e.name);
  return names.sort();
}

async function assertSound({ runner, root, source }: ComfyUITestWorld): Promise<void> {
  const cwd = join(root, "mirrors", source.mirror);
  await runner.run(command({ program: "git", args: ["fsck", "--strict", "--no-dangling"], cwd }));
}

Deno.test("what a process left that was killed between two renames is mended, without the source", () =>
  withComfyUI(async (test) => {
    const { root, world, source, repository } = test;
    const { commit } = await obtainComfyUI(world(), source, "latest");
    await Deno.rename(repository, `${repository}-gone`);
    const mirrors = join(root, "mirrors");
    await Deno.rename(join(mirrors, source.mirror), join(mirrors, `.${source.mirror}.former`));
    await Deno.mkdir(join(mirrors, `.${source.mirror}.0a1b2c3d.staging`, "objects"), {
      recursive: true,
    });
    await checkoutComfyUI(world({ offline: true }), source, commit, join(root, "copy"));
    assert.deepEqual(await mirrorsOf(test), [source.mirror]);
    await assertSound(test);
  }));

Deno.test("what a process left that was killed after both renames is removed", () =>
  withComfyUI(async (test) => {
    const { root, world, source } = test;
    await obtainComfyUI(world(), source, "latest");
    await Deno.mkdir(join(root, "mirrors", `.${source.mirror}.former`));
    await obtainComfyUI(world({ offline: true }), source, "v0.1.0");
    assert.deepEqual(await mirrorsOf(test), [source.mirror]);
  }));

Deno.test("an update that fails leaves the mirror as it was, and nothing beside it", () =>
  withComfyUI(async (test) => {
    const { world, source, git, gitThere } = test;
    const { commit } = await obtainComfyUI(world(), source, "latest");
    await gitThere("commit", "--quiet", "--allow-empty", "--message", "Later");
    const broken = {
      ...git,
      updateMirror: async (mirror: string, url: string) => {
        await git.updateMirror(mirror, url);
        throw new Error("the line was cut");
      },
    };
    await assert.rejects(obtainComfyUI(world({ git: broken }), source, "main"), /line was cut/);
    assert.deepEqual(await mirrorsOf(test), [source.mirror]);
    const distant = { ...source, url: pathToFileURL(source.url).href };
    const kept = await obtainComfyUI(world({ offline: true }), distant, "main");
    assert.equal(kept.commit, commit);
    await assertSound(test);
  }));

Deno.test("a lock that git left in the mirror does not outlast the next fetch", () =>
  withComfyUI(async (test) => {
    const { root, world, source, gitThere } = test;
    await obtainComfyUI(world(), source, "latest");
    for (const lock of ["packed-refs.lock", "HEAD.lock", "refs/heads/main.lock"]) {
      await Deno.writeTextFile(join(root, "mirrors", source.mirror, lock), "");
    }
    await gitThere("commit", "--quiet", "--allow-empty", "--message", "Later");
    const { commit } = await obtainComfyUI(world(), source, "main");
    assert.equal(commit, await gitThere("rev-parse", "main"));
  }));

Deno.test("two at once make one mirror", () =>
  withComfyUI(async (test) => {
    const { root, world, source, fetches } = test;
    const layout = workspaceLayout(root);
    const locked = world({
      exclusively: (name, work) =>
        withLock(layout, name, { command: "create", timeoutMs: 30_000 }, () => work()),
    });
    const found = await Promise.all(
      ["latest", "v0.2.0", "main"].map((wanted) => obtainComfyUI(locked, source, wanted)),
    );
    assert.equal(new Set(found.map(({ commit }) => commit)).size, 1);
    assert.equal(fetches(), 1);
    await assertSound(test);
  }));

const KILL_AFTER_MS = [40, 80, 120, 160, 220, 300];

Deno.test("killed at any moment, the next run finds the mirror whole or absent", () =>
  withComfyUI(async (test) => {
    const { root, world, source, repository, gitThere } = test;
    const child = fileURLToPath(new URL("./obtain_child.ts", import.meta.url));
    const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
    for (const after of KILL_AFTER_MS) {
      await gitThere("commit", "--quiet", "--allow-empty", "--message", `After ${after} ms`);
      const process = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--config", config, child, repository, join(root, "mirrors")],
        stdin: "null",
        stdout: "piped",
        stderr: "null",
      }).spawn();
      const output = process.stdout.getReader();
      // Its first line says that it begins; starting Deno takes longer than what is to be cut.
      await output.read();
      await new Promise((resolve) => setTimeout(resolve, after));
      try {
        process.kill("SIGKILL");
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
      await process.status;
      await output.cancel();
      const { commit } = await obtainComfyUI(world(), source, "main");
      assert.equal(commit, await gitThere("rev-parse", "main"));
      // The git of the killed process may live on for a moment in its own staging directory.
      const left = (await mirrorsOf(test)).filter((name) => !name.endsWith(".staging"));
      assert.deepEqual(left, [source.mirror]);
      await assertSound(test);
    }
  }));

Deno.test("a source that is no repository fails before a mirror is made", () =>
  withComfyUI(async ({ root, world, source }) => {
    const gone = { ...source, url: join(root, "nowhere") };
    const error = await failureOf(obtainComfyUI(world(), gone, "latest"));
    assert.equal(error.code, "GIT_REPOSITORY_NOT_FOUND");
    await assert.rejects(Deno.stat(join(root, "mirrors", source.mirror)), Deno.errors.NotFound);
  }));
