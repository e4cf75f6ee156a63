import assert from "node:assert/strict";
import { join } from "node:path";
import {
  checkoutComfyUI,
  obtainComfyUI,
  readCheckoutState,
  readComfyUIFacts,
} from "../../src/comfyui/mod.ts";
import { command } from "../../src/tools/mod.ts";
import { type ComfyUITestWorld, failureOf, withComfyUI } from "../support/comfyui_world.ts";

async function makeCopy(
  { root, world, source }: ComfyUITestWorld,
  wanted: string,
): Promise<{ readonly copy: string; readonly commit: string }> {
  const copy = join(root, "copy");
  const { commit } = await obtainComfyUI(world(), source, wanted);
  await checkoutComfyUI(world(), source, commit, copy);
  return { copy, commit };
}

Deno.test("a working copy is at its commit, clean, detached, and fetches from the source", () =>
  withComfyUI(async (test) => {
    const { copy, commit } = await makeCopy(test, "v0.1.0");
    assert.deepEqual(await readCheckoutState(test.git, copy), {
      status: "present",
      commit,
      branch: undefined,
      changed: [],
      untracked: [],
    });
    const git = async (...args: string[]) =>
      (await test.runner.run(command({ program: "git", args, cwd: copy }))).stdout.trim();
    assert.equal(await git("remote", "get-url", "origin"), test.repository);
    await git("fetch", "origin");
    assert.equal(
      await git("rev-parse", "origin/preview"),
      await test.gitThere("rev-parse", "preview"),
    );
    assert.equal(await git("describe", "--tags"), "v0.1.0");
  }));

Deno.test({
  name: "a working copy shares its objects with the mirror",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withComfyUI(async (test) => {
      const { copy } = await makeCopy(test, "latest");
      const directory = join(copy, ".git", "objects");
      const links: number[] = [];
      for await (const { name, isDirectory } of Deno.readDir(directory)) {
        if (!isDirectory || name === "info") continue;
        for await (const file of Deno.readDir(join(directory, name))) {
          links.push((await Deno.stat(join(directory, name, file.name))).nlink ?? 0);
        }
      }
      assert.ok(links.length > 0 && links.every((count) => count > 1), String(links));
    }),
});

Deno.test("state tells what was changed in ComfyUI, and leaves out what users fill", () =>
  withComfyUI(async (test) => {
    const { copy } = await makeCopy(test, "latest");
    const write = (path: string, text = "x") => Deno.writeTextFile(join(copy, path), text);
    await write(".gitignore", "__pycache__/\n");
    await write("nodes.py", "changed\n");
    await Deno.remove(join(copy, "server.py"));
    await write("notes.txt");
    await Deno.mkdir(join(copy, "user", "default"), { recursive: true });
    await write("user/default/settings.json");
    await write("custom_nodes/mine.py");
    await write("custom_nodes/example_node.py.example", "changed");
    await write("output/picture.png");
    await Deno.remove(join(copy, "models"), { recursive: true });
    await Deno.mkdir(join(test.root, "models"));
    await Deno.symlink(join(test.root, "models"), join(copy, "models"), { type: "junction" });
    const state = await readCheckoutState(test.git, copy);
    assert.ok(state.status === "present");
    assert.deepEqual(state.changed, [
      ".gitignore",
      "custom_nodes/example_node.py.example",
      "nodes.py",
      "server.py",
    ]);
    assert.deepEqual(state.untracked, ["notes.txt"]);
  }));

Deno.test("state tells a branch, a missing directory, and files that are no repository of their own", () =>
  withComfyUI(async (test) => {
    const { git, root, repository } = test;
    const state = await readCheckoutState(git, repository);
    assert.equal(state.status === "present" && state.branch, "main");
    assert.deepEqual(await readCheckoutState(git, join(root, "absent")), { status: "missing" });
    // A directory inside a repository must not be taken for that repository.
    assert.deepEqual(await readCheckoutState(git, join(repository, "models")), {
      status: "no_git",
    });
  }));

Deno.test("a repository that is no ComfyUI is refused by what it lacks", () =>
  withComfyUI(async (test) => {
    const { root, world, source, gitThere } = test;
    await gitThere("rm", "--quiet", "main.py", "requirements.txt");
    await gitThere("commit", "--quiet", "--message", "Gone");
    const { commit } = await obtainComfyUI(world(), source, "main");
    const error = await failureOf(checkoutComfyUI(world(), source, commit, join(root, "copy")));
    assert.equal(error.code, "COMFYUI_NOT_FOUND");
    assert.equal(error.exit, 4);
    assert.match(error.message, /no ComfyUI, main\.py and requirements\.txt are missing/);
  }));

Deno.test("a commit that the mirror does not hold is not checked out", () =>
  withComfyUI(async ({ root, world, source }) => {
    await obtainComfyUI(world(), source, "latest");
    const work = checkoutComfyUI(world(), source, "f".repeat(40), join(root, "copy"));
    assert.equal((await failureOf(work)).code, "COMFYUI_VERSION_NOT_FOUND");
    await assert.rejects(Deno.stat(join(root, "copy")), Deno.errors.NotFound);
  }));

Deno.test("facts are those of the checked-out version", () =>
  withComfyUI(async (test) => {
    const { copy } = await makeCopy(test, "latest");
    assert.deepEqual(await readComfyUIFacts(copy), {
      version: "0.2.0",
      requirements: ["aiohttp>=3.11.8", "packaging>=23.0"],
      python: { requires: ">=3.10", newest: "3.13", fallback: "3.12" },
      odd: [],
    });
  }));
