import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { createGit, createRunner } from "../../../src/tools/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";

const git = createGit(createRunner({ env: Deno.env.toObject() }));

Deno.test("git tells where a directory stands, which tags HEAD has, and which files are its own", async () => {
  await using fixture = await templateRepository(
    new Map([["a b.txt", "one"], [".gitignore", "*.log\n"]]),
  );
  const { root } = fixture;
  equal(await Deno.realPath((await git.place(root))!.top), await Deno.realPath(root));
  equal((await git.place(root))!.shallow, false);
  await fixture.git("tag", "--annotate", "v0.6.0", "-m", "later");
  const commit = await fixture.git("rev-parse", "HEAD");
  deepEqual(await git.mergedTags(root), [
    { name: "v0.5.0", commit },
    { name: "v0.6.0", commit },
  ]);
  await fixture.write("new.txt", "");
  await fixture.write("left.log", "");
  deepEqual([...await git.ownFiles(root)].sort(), [".gitignore", "a b.txt", "new.txt"]);
  const [ignore, text] = await git.listTree(root, commit, { sizes: true });
  deepEqual([ignore?.size, text?.size, text?.path], [6, 3, "a b.txt"]);
});

Deno.test("outside of a repository and before the first commit there is nothing to tell", async () => {
  await using fixture = await templateRepository(new Map([["a.txt", ""]]), { git: false });
  equal(await git.place(fixture.root), undefined);
  const fresh = join(fixture.root, "fresh");
  await git.init(fresh);
  deepEqual(await git.mergedTags(fresh), []);
});
