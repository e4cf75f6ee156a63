import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { headByStatus } from "../../../src/tools/git/mod.ts";
import { createGit, createRunner, type Git } from "../../../src/tools/mod.ts";

interface Place {
  readonly git: Git;
  readonly directory: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

async function inRepository(work: (place: Place) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  // No settings of the user's: identity comes from comfydock.
  const env = { ...Deno.env.toObject(), HOME: directory, USERPROFILE: directory };
  const git = createGit(
    createRunner({ env: { ...env, GIT_CONFIG_GLOBAL: join(directory, "none") } }),
  );
  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(directory, name), text);
    }
  };
  try {
    await git.init(directory);
    await work({ git, directory, write });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("commit() stages named files itself, with what was staged before, and tells its commit", () =>
  inRepository(async ({ git, directory, write }) => {
    await write({ "a.txt": "1", "b.txt": "1", "c.txt": "1" });
    await git.add(directory);
    await git.commit(directory, "One");
    await write({ "a.txt": "2", "b.txt": "2", "c.txt": "2" });
    await git.add(directory, ["b.txt"]);
    const commit = await git.commit(directory, "Two", { paths: ["a.txt"] });
    equal(commit, await git.resolve(directory, "HEAD"));
    const { entries } = await git.status(directory);
    deepEqual(entries.map(({ path }) => path), ["c.txt"]);
  }));

Deno.test("headByStatus() agrees with readHead(), and leaves a staged index to it", () =>
  inRepository(async ({ git, directory, write }) => {
    const head = async () => {
      const found = headByStatus(await git.status(directory));
      return found && { ref: found.ref, commit: found.commit };
    };
    deepEqual(await head(), { ref: "refs/heads/main", commit: undefined });
    await write({ "a.txt": "1" });
    await git.add(directory);
    equal(await head(), undefined);
    const first = await git.commit(directory, "One");
    await write({ "a.txt": "2", "new.txt": "" });
    const { ref, commit } = await git.readHead(directory);
    deepEqual(await head(), { ref, commit });
    await git.checkout(directory, first, { force: true });
    deepEqual(await head(), { ref: undefined, commit: first });
    const alone = await git.commit(directory, "Alone", { allowEmpty: true });
    equal(alone, await git.resolve(directory, "HEAD"));
  }));
