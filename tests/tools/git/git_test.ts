import assert from "node:assert/strict";
import { join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import { createGit, createRunner, type Git, resolveRef } from "../../../src/tools/mod.ts";

interface World {
  readonly root: string;
  readonly git: Git;
  /** Settings as if the user had made them. */
  configure(text: string): Promise<void>;
}

async function inWorld(run: (world: World) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  const home = join(root, "home");
  await Deno.mkdir(home);
  const env = { ...Deno.env.toObject(), HOME: home, USERPROFILE: home, GIT_CONFIG_NOSYSTEM: "1" };
  const { GIT_CONFIG_GLOBAL: _, XDG_CONFIG_HOME: __, ...clean } = env as Record<string, string>;
  const git = createGit(createRunner({ env: clean }));
  try {
    await run({
      root,
      git,
      configure: (text) => Deno.writeTextFile(join(home, ".gitconfig"), text),
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function write(directory: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(join(directory, name, ".."), { recursive: true });
    await Deno.writeTextFile(join(directory, name), text);
  }
}

async function repository(git: Git, directory: string, files: Record<string, string>) {
  await git.init(directory);
  await write(directory, files);
  await git.add(directory);
  return await git.commit(directory, "First");
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined, (reason) => reason);
  assert.ok(error instanceof ComfydockError, `expected a failure, got ${error}`);
  assert.ok(error.hint, `${error.message} needs a hint`);
  return error.code;
}

Deno.test("a repository begins on main, and commits without the user having an identity", () =>
  inWorld(async ({ root, git }) => {
    const directory = join(root, "cec");
    await git.init(directory);
    assert.deepEqual(await git.log(directory), []);
    assert.deepEqual((await git.status(directory)).branch, "main");
    await write(directory, { "pyproject.toml": "[project]\n" });
    await git.add(directory);
    const commit = await git.commit(directory, "Grüße\n\nSecond paragraph\nwith two lines\n");
    const [entry] = await git.log(directory);
    assert.equal(entry?.commit, commit);
    assert.equal(entry.author, "comfydock");
    assert.equal(entry.subject, "Grüße");
    assert.equal(entry.body, "Second paragraph\nwith two lines");
    assert.match(entry.date, /^\d{4}-\d\d-\d\dT/);
    assert.deepEqual(entry.parents, []);
  }));

Deno.test("commit() takes the user's identity, and does not sign unless it is asked to", () =>
  inWorld(async ({ root, git, configure }) => {
    await configure(
      "[user]\n name = Ada\n email = ada@example.invalid\n[commit]\n gpgSign = true\n[gpg]\n program = false\n",
    );
    const directory = join(root, "cec");
    await repository(git, directory, { a: "1" });
    const [entry] = await git.log(directory);
    assert.deepEqual([entry?.author, entry?.email], ["Ada", "ada@example.invalid"]);
    await write(directory, { a: "2" });
    await git.add(directory);
    await assert.rejects(git.commit(directory, "Signed", { sign: true }));
  }));

Deno.test("the user's hooks and templates do not reach comfydock's repositories", () =>
  inWorld(async ({ root, git, configure }) => {
    const template = join(root, "template");
    await write(template, { "hooks/pre-commit": "#!/bin/sh\nexit 1\n" });
    await Deno.chmod(join(template, "hooks/pre-commit"), 0o755);
    await configure(`[init]\n templateDir = ${template}\n[core]\n hooksPath = ${template}/hooks\n`);
    await repository(git, join(root, "cec"), { a: "1" });
  }));

Deno.test("status() and differences() name odd paths as they are", () =>
  inWorld(async ({ root, git }) => {
    const directory = join(root, "cec");
    const odd = ["with space", "ünïcode", 'quo"te', "tab\there"];
    const names = Deno.build.os === "windows" ? odd.slice(0, 2) : odd;
    const commit = await repository(
      git,
      directory,
      Object.fromEntries(names.map((name) => [name, "1"])),
    );
    await write(directory, { [names[0]!]: "2", "new/deep/file": "x" });
    await Deno.remove(join(directory, names[1]!));
    const { entries, commit: head } = await git.status(directory);
    assert.equal(head, commit);
    assert.deepEqual(
      entries.map(({ kind, path, worktree }) => `${kind} ${worktree} ${path}`).sort(),
      [`changed D ${names[1]}`, `changed M ${names[0]}`, "untracked ? new/deep/file"],
    );
    await git.add(directory);
    const second = await git.commit(directory, "Second");
    assert.deepEqual(await git.differences(directory, commit, second), [
      { change: "A", path: "new/deep/file" },
      { change: "M", path: names[0] },
      { change: "D", path: names[1] },
    ]);
    assert.deepEqual(await git.differences(directory, "HEAD"), []);
  }));

Deno.test("readFile() and resolve() answer undefined for what a revision does not have", () =>
  inWorld(async ({ root, git }) => {
    const directory = join(root, "cec");
    const commit = await repository(git, directory, { "a.bin": "1\r\n\0" });
    const bytes = await git.readFile(directory, "HEAD", "a.bin");
    assert.equal(new TextDecoder().decode(bytes), "1\r\n\0");
    assert.equal(await git.readFile(directory, "HEAD", "absent"), undefined);
    assert.equal(await git.readFile(directory, "HEAD~5", "a.bin"), undefined);
    assert.equal(await git.resolve(directory, "main"), commit);
    assert.equal(await git.resolve(directory, commit.slice(0, 8)), commit);
    assert.equal(await git.resolve(directory, "no such thing"), undefined);
    assert.equal(await codeOf(git.resolve(directory, "--output=evil")), "GIT_REF_NOT_FOUND");
  }));

Deno.test("a mirror follows its source, and working copies of it need no source", () =>
  inWorld(async ({ root, git, configure }) => {
    const source = join(root, "source");
    const first = await repository(git, source, { "main.py": "1" });
    const runner = createRunner({ env: Deno.env.toObject() });
    await runner.run({ program: "git", args: ["tag", "v0.1.0"], cwd: source });
    // An address that only the user's own settings make reachable, as mirrors and proxies do.
    const address = "https://example.invalid/comfyui.git";
    await configure(`[url "${source}"]\n insteadOf = ${address}\n`);

    const refs = await git.remoteRefs(address);
    assert.equal(refs.defaultBranch, "main");
    assert.deepEqual(resolveRef(refs, "latest"), {
      kind: "release",
      name: "v0.1.0",
      commit: first,
    });

    const mirror = join(root, "mirror");
    await git.updateMirror(mirror, address);
    await write(source, { "main.py": "2" });
    await git.add(source);
    const second = await git.commit(source, "Second");
    await runner.run({ program: "git", args: ["tag", "-d", "v0.1.0"], cwd: source });
    await git.updateMirror(mirror, address);
    assert.equal(await git.resolve(mirror, "main"), second);
    assert.equal(await git.resolve(mirror, "v0.1.0"), undefined);

    await Deno.remove(source, { recursive: true });
    const copy = join(root, "copy");
    await git.cloneMirror(mirror, copy, { commit: first, origin: address });
    assert.equal(await Deno.readTextFile(join(copy, "main.py")), "1");
    const state = await git.status(copy);
    assert.deepEqual(state, { commit: first, branch: undefined, entries: [] });
    await git.checkout(copy, second);
    assert.equal(await Deno.readTextFile(join(copy, "main.py")), "2");

    await write(copy, { "main.py": "mine" });
    assert.equal(await codeOf(git.checkout(copy, first)), "GIT_LOCAL_CHANGES");
    assert.equal(await Deno.readTextFile(join(copy, "main.py")), "mine");
    await git.checkout(copy, first, { force: true });
    assert.equal(await Deno.readTextFile(join(copy, "main.py")), "1");
  }));

Deno.test("checkout() writes nothing where it shall not, in either direction, and anything again later", () =>
  inWorld(async ({ root, git }) => {
    const source = join(root, "source");
    const [path, name] = ["odd [name]/file", "odd [name]"];
    const first = await repository(git, source, { "main.py": "1", [path]: "1", "kept/file": "1" });
    await write(source, { "main.py": "2", [path]: "2", [`${name}/new`]: "2" });
    await git.add(source);
    const second = await git.commit(source, "Second");
    const away = join(root, "away");
    await write(away, { file: "mine" });
    await Deno.remove(join(source, name), { recursive: true });
    await Deno.symlink(away, join(source, name), { type: "junction" });
    for (const [commit, content] of [[first, "1"], [second, "2"], [first, "1"]] as const) {
      await git.checkout(source, commit, { force: true, spare: [name] });
      assert.equal(await Deno.readTextFile(join(source, "main.py")), content);
      assert.equal((await Deno.lstat(join(source, name))).isSymlink, true);
      const found = (await Array.fromAsync(Deno.readDir(away))).map((entry) => entry.name);
      assert.deepEqual(found, ["file"]);
      assert.equal(await Deno.readTextFile(join(away, "file")), "mine");
    }
    await Deno.remove(join(source, name));
    await git.checkout(source, second, { force: true, spare: [] });
    assert.equal(await Deno.readTextFile(join(source, path)), "2");
    assert.deepEqual((await git.status(source)).entries, []);
  }));

Deno.test("a commit that no branch reaches can be fetched into a mirror", () =>
  inWorld(async ({ root, git }) => {
    const source = join(root, "source");
    const first = await repository(git, source, { a: "1" });
    await write(source, { a: "2" });
    await git.add(source);
    const lost = await git.commit(source, "Lost");
    const runner = createRunner({ env: Deno.env.toObject() });
    const plain = (...args: string[]) => runner.run({ program: "git", args, cwd: source });
    await plain("reset", "--quiet", "--hard", first);
    await plain("config", "uploadpack.allowAnySHA1InWant", "true");
    const mirror = join(root, "mirror");
    await git.updateMirror(mirror, source);
    assert.equal(await git.resolve(mirror, lost), undefined);
    await git.fetchCommit(mirror, source, lost);
    assert.equal(await git.resolve(mirror, lost), lost);
  }));

Deno.test("failures of real git come as what they are", () =>
  inWorld(async ({ root, git }) => {
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
      const asked = new URL(request.url).pathname.startsWith("/private");
      return new Response("", {
        status: asked ? 401 : 404,
        headers: asked ? { "www-authenticate": 'Basic realm="x"' } : {},
      });
    });
    const base = `http://127.0.0.1:${server.addr.port}`;
    const directory = join(root, "cec");
    try {
      assert.equal(await codeOf(git.remoteRefs(`${base}/private.git`)), "GIT_AUTH_NEEDED");
      assert.equal(await codeOf(git.remoteRefs(`${base}/absent.git`)), "GIT_REPOSITORY_NOT_FOUND");
      assert.equal(
        await codeOf(git.remoteRefs(join(root, "absent"))),
        "GIT_REPOSITORY_NOT_FOUND",
      );
      assert.equal(await codeOf(git.remoteRefs("https://host.invalid/x.git")), "GIT_NETWORK");
      await Deno.mkdir(join(root, "empty"));
      assert.equal(await codeOf(git.status(join(root, "empty"))), "GIT_NO_REPOSITORY");
      await repository(git, directory, { a: "1" });
      assert.equal(await codeOf(git.log(directory, { rev: "absent" })), "GIT_REF_NOT_FOUND");
      assert.equal(await codeOf(git.checkout(directory, "0".repeat(40))), "GIT_REF_NOT_FOUND");
      assert.equal(
        await codeOf(git.fetchCommit(directory, directory, "1".repeat(40))),
        "GIT_REF_NOT_FOUND",
      );
      await write(directory, { ".git/index.lock": "", a: "2" });
      assert.equal(await codeOf(git.add(directory)), "GIT_LOCKED");
    } finally {
      await server.shutdown();
    }
  }));

Deno.test({
  name: "a repository of another user is told with the command that trusts it",
  ignore: Deno.build.os === "windows" || Deno.uid() !== 0,
  fn: () =>
    inWorld(async ({ root, git }) => {
      const directory = join(root, "cec");
      await repository(git, directory, { a: "1" });
      await Deno.chown(directory, 12_345, 12_345);
      await Deno.chown(join(directory, ".git"), 12_345, 12_345);
      assert.equal(await codeOf(git.status(directory)), "GIT_FOREIGN_OWNER");
    }),
});
