import assert from "node:assert/strict";
import { join } from "node:path";
import { readReference } from "../../src/bundles/mod.ts";

const table: Readonly<Record<string, readonly [string, string?, string?]>> = {
  "https://git.test/me/envs.git": ["https://git.test/me/envs.git"],
  "https://git.test/me/envs@v1.2": ["https://git.test/me/envs", "v1.2"],
  "https://git.test/me/envs.git@feature/x#a/b": [
    "https://git.test/me/envs.git",
    "feature/x",
    "a/b",
  ],
  "ssh://git@git.test/me/envs.git#a": ["ssh://git@git.test/me/envs.git", undefined, "a"],
  "git@git.test:me/envs.git@main": ["git@git.test:me/envs.git", "main"],
};

for (const [text, [url, ref, subdirectory]] of Object.entries(table)) {
  Deno.test(`${text} names a repository`, async () => {
    assert.deepEqual(await readReference(text, "/"), {
      kind: "git",
      url,
      shown: url,
      ref,
      subdirectory: subdirectory?.split("/"),
    });
  });
}

Deno.test("credentials of an address are used and never shown", async () => {
  const read = await readReference("https://me:hunter2@git.test/e.git@main", "/");
  assert.ok(read.kind === "git");
  assert.deepEqual([read.url, read.shown], [
    "https://me:hunter2@git.test/e.git",
    "https://git.test/e.git",
  ]);
});

Deno.test("a URL that ends as bundles do is that of a bundle", async () => {
  const url = "https://me:hunter2@files.test/x/demo.comfydock.tar.zst?sign=1";
  const shown = "https://files.test/x/demo.comfydock.tar.zst";
  assert.deepEqual(await readReference(url, "/"), { kind: "url", url, shown });
});

for (
  const text of [
    "",
    "-x",
    "https://git.test/e@--upload-pack=x",
    "https://git.test/e#../../etc",
    "https://git.test/e#.git/hooks",
  ]
) {
  Deno.test(`${JSON.stringify(text)} names nothing that can be imported`, async () => {
    await assert.rejects(readReference(text, "/"), { code: "BUNDLE_SOURCE_INVALID" });
  });
}

Deno.test("a path that exists is that path, others may name a revision of a repository", async () => {
  const root = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.mkdir(join(root, "envs"));
    await Deno.mkdir(join(root, "odd@name"));
    await Deno.writeTextFile(join(root, "a.tar.zst"), "");
    assert.equal((await readReference("envs", root)).kind, "directory");
    assert.equal((await readReference("odd@name", root)).kind, "directory");
    assert.equal((await readReference("a.tar.zst", root)).kind, "file");
    assert.deepEqual(await readReference("envs@main#x", root), {
      kind: "git",
      url: join(root, "envs"),
      shown: join(root, "envs"),
      ref: "main",
      subdirectory: ["x"],
    });
    await assert.rejects(readReference("nothing", root), { code: "FILE_NOT_FOUND" });
    await assert.rejects(readReference("nothing@main", root), { code: "FILE_NOT_FOUND" });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
