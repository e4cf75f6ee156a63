import assert from "node:assert/strict";
import { join } from "node:path";
import { hashTree, type NodeTarget, obtainNode, placeNode } from "../../../src/nodes/mod.ts";
import { command } from "../../../src/tools/mod.ts";
import { lookAt } from "../../../src/workspace/mod.ts";
import { failureOf } from "../../support/comfyui_world.ts";
import {
  makeRepository,
  type NodeTestWorld,
  type PackRepository,
  pathsBelow,
  withNodeWorld,
} from "../../support/node_world.ts";

type GitTarget = Extract<NodeTarget, { source: "git" }>;

function target(
  { url }: PackRepository,
  commit: string,
  facts: Partial<GitTarget> = {},
): GitTarget {
  return { source: "git", id: "pack", name: "pack", url, commit, ...facts };
}

async function gitIn({ runner }: NodeTestWorld, cwd: string, ...args: string[]): Promise<string> {
  return (await runner.run(command({ program: "git", args, cwd }))).stdout.trim();
}

Deno.test("a git pack becomes a clean working copy at its commit whose origin is the real address", () =>
  withNodeWorld(async (test) => {
    const repository = await makeRepository(test, "user/ComfyUI-Pack.git");
    const commit = await repository.commit({ "__init__.py": "A = 1\n" });
    await repository.commit({ "__init__.py": "A = 2\n" });
    const wanted = target(repository, commit, { registryId: "ComfyUI-Pack" });
    const node = await obtainNode(test.world(), wanted);
    assert.equal(await Deno.readTextFile(join(node.tree, "__init__.py")), "A = 1\n");
    assert.equal(await lookAt(join(node.tree, ".git")), undefined);
    const place = join(test.root, "place");
    await placeNode(test.world({ offline: true }), node, place);
    assert.equal(await hashTree(place), node.treeSha256);
    assert.equal(await gitIn(test, place, "rev-parse", "HEAD"), commit);
    assert.equal(await gitIn(test, place, "config", "remote.origin.url"), repository.url);
    assert.equal(await gitIn(test, place, "status", "--porcelain"), "");
    assert.equal(await Deno.readTextFile(join(place, ".git", ".cnr-id")), "comfyui-pack");
    const again = await obtainNode(test.world({ offline: true }), wanted);
    assert.equal(again.fromStore, true);
  }));

Deno.test("submodules come along, also those of submodules and those named relative to their parent", () =>
  withNodeWorld(async (test) => {
    const inner = await makeRepository(test, "user/inner.git");
    const innerCommit = await inner.commit({ "inner.py": "" });
    const middle = await makeRepository(test, "user/middle.git");
    await addSubmodule(middle, "deep/inner", "../inner.git", innerCommit);
    const middleCommit = await middle.commit({ "middle.py": "" });
    const outer = await makeRepository(test, "user/outer.git");
    await addSubmodule(outer, "lib", middle.url, middleCommit);
    const commit = await outer.commit({ "__init__.py": "" });
    const node = await obtainNode(test.world(), target(outer, commit));
    const files = (await pathsBelow(node.tree)).filter((path) => path.endsWith(".py"));
    assert.deepEqual(files, ["__init__.py", "lib/deep/inner/inner.py", "lib/middle.py"]);
    const place = join(test.root, "place");
    await placeNode(test.world({ offline: true }), node, place);
    assert.equal(await gitIn(test, place, "status", "--porcelain"), "");
    assert.equal(await gitIn(test, join(place, "lib"), "rev-parse", "HEAD"), middleCommit);
    assert.equal(await hashTree(place), node.treeSha256);
  }));

async function addSubmodule(
  { git, path: root }: PackRepository,
  path: string,
  url: string,
  commit: string,
  name = path,
): Promise<void> {
  const text = `[submodule "${name}"]\n\tpath = ${path}\n\turl = ${url}\n`;
  await Deno.writeTextFile(join(root, ".gitmodules"), text, { append: true });
  await git("update-index", "--add", "--cacheinfo", `160000,${commit},${path}`);
  // A directory must be there, or adding everything would take the link out of the index again.
  await Deno.mkdir(join(root, path), { recursive: true });
}

const HOSTILE: readonly (readonly [string, string])[] = [
  ["a path of this machine", "file:///etc"],
  ["a bare path", "/srv/repository"],
  ["an option", "-u./payload"],
  ["an option as host", "ssh://-oProxyCommand=touch/x"],
  ["a transport helper", "ext::sh -c touch% payload"],
  ["credentials", "https://user:word@git.test/x"],
  ["a relative path out of the server", "../../../../../../x"],
];

for (const [what, url] of HOSTILE) {
  Deno.test(`a submodule that names ${what} is refused`, () =>
    withNodeWorld(async (test) => {
      const repository = await makeRepository(test, "user/evil.git");
      await addSubmodule(repository, "lib", JSON.stringify(url), "1".repeat(40));
      const commit = await repository.commit({ "__init__.py": "" });
      const failure = await failureOf(obtainNode(test.world(), target(repository, commit)));
      assert.equal(failure.code, "NODE_SUBMODULE_REFUSED");
      assert.ok(!failure.message.includes("user:word"));
      assert.deepEqual(await pathsBelow(test.workspace.nodeStore), []);
    }));
}

Deno.test("a pack in a subdirectory is that directory alone, without the repository around it", () =>
  withNodeWorld(async (test) => {
    const repository = await makeRepository(test, "user/many.git");
    const commit = await repository.commit({ "a/b/__init__.py": "", "other/x.py": "" });
    const node = await obtainNode(
      test.world(),
      target(repository, commit, { subdirectory: "a/b" }),
    );
    const place = join(test.root, "place");
    await placeNode(test.world(), node, place);
    assert.deepEqual(await pathsBelow(place), ["__init__.py"]);
    assert.equal(node.directory, "b");
    const missing = target(repository, commit, { subdirectory: "a/c" });
    const failure = await failureOf(obtainNode(test.world(), missing));
    assert.equal(failure.code, "NODE_SUBDIRECTORY_NOT_FOUND");
  }));

Deno.test({
  name: "no hook, filter or line-end setting of the user's changes a pack or runs",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withNodeWorld(async (test) => {
      const repository = await makeRepository(test, "user/plain.git");
      const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${
        "0".repeat(64)
      }\nsize 12345\n`;
      const commit = await repository.commit({
        "__init__.py": "A = 1\n",
        "model.bin": pointer,
        ".gitattributes": "*.bin filter=lfs\n*.py text=auto\n",
      });
      const hooks = join(test.root, "hooks");
      const ran = join(test.root, "ran");
      await Deno.mkdir(hooks);
      const hook = join(hooks, "post-checkout");
      await Deno.writeTextFile(hook, `#!/bin/sh\ntouch ${ran}\n`, { mode: 0o755 });
      await test.configureGit(
        `[core]\nhooksPath = ${hooks}\nautocrlf = true\n` +
          `[filter "lfs"]\nsmudge = touch ${ran}\nrequired = true\n`,
      );
      const node = await obtainNode(test.world(), target(repository, commit));
      const place = join(test.root, "place");
      await placeNode(test.world(), node, place);
      assert.equal(await Deno.readTextFile(join(place, "__init__.py")), "A = 1\n");
      assert.equal(await Deno.readTextFile(join(place, "model.bin")), pointer);
      assert.equal(await lookAt(ran), undefined, "nothing of the user's ran");
      assert.deepEqual(test.warnings(), ["NODE_LARGE_FILES"]);
    }),
});

Deno.test({
  name: "links inside a git pack stay, links that lead out of it are refused",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withNodeWorld(async (test) => {
      const repository = await makeRepository(test, "user/links.git");
      await Deno.symlink("sub/a.py", join(repository.path, "inside.py"));
      await Deno.symlink(".", join(repository.path, "here"));
      const commit = await repository.commit({ "sub/a.py": "A = 1\n" });
      const node = await obtainNode(test.world(), target(repository, commit));
      assert.equal(await Deno.readLink(join(node.tree, "inside.py")), "sub/a.py");
      for (
        const to of ["/etc/passwd", "../out", "sub/../../out", "here/../out", "sub/../sub/../../x"]
      ) {
        await Deno.remove(join(repository.path, "out")).catch(() => {});
        await Deno.symlink(to, join(repository.path, "out"));
        const bad = await repository.commit({});
        const failure = await failureOf(obtainNode(test.world(), target(repository, bad)));
        assert.equal(failure.code, "NODE_TREE_UNSAFE", to);
      }
    }),
});

Deno.test("without mirror and network, a stored git pack is installed without its history, which is told", () =>
  withNodeWorld(async (test) => {
    const repository = await makeRepository(test, "user/gone.git");
    const commit = await repository.commit({ "__init__.py": "" });
    const node = await obtainNode(test.world(), target(repository, commit));
    await Deno.remove(test.workspace.nodeMirrors, { recursive: true });
    await placeNode(test.world({ offline: true }), node, join(test.root, "place"));
    assert.equal(await hashTree(join(test.root, "place")), node.treeSha256);
    assert.deepEqual(test.warnings(), ["NODE_WITHOUT_REPOSITORY"]);
    const other = target(repository, "1".repeat(40));
    assert.equal(
      (await failureOf(obtainNode(test.world({ offline: true }), other))).code,
      "NODE_NOT_STORED",
    );
  }));
