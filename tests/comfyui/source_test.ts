import assert from "node:assert/strict";
import { join } from "node:path";
import { redact } from "../../src/base/mod.ts";
import { readComfyUISource, readDefaultComfyUIUrl } from "../../src/comfyui/mod.ts";
import { failureOf } from "../support/comfyui_world.ts";

async function inDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.realPath(await Deno.makeTempDir());
  try {
    await run(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("all spellings of one repository share a mirror, other repositories have their own", async () => {
  const mirror = async (text: string) => (await readComfyUISource(text, "/")).mirror;
  const own = await mirror(await readDefaultComfyUIUrl());
  assert.match(own, /^comfyui-[0-9a-f]{8}\.git$/);
  const same = [
    "https://github.com/Comfy-Org/ComfyUI",
    "https://GitHub.com/comfy-org/comfyui.git/",
    "  https://github.com/Comfy-Org/ComfyUI.git  ",
    "https://someone:token-value@github.com/Comfy-Org/ComfyUI.git",
  ];
  for (const text of same) assert.equal(await mirror(text), own, text);
  const other = [
    "https://github.com/someone/ComfyUI.git",
    "https://mirror.invalid/Comfy-Org/ComfyUI.git",
    "git@github.com:Comfy-Org/ComfyUI.git",
    "ssh://git@github.com/Comfy-Org/ComfyUI.git",
    "https://mirror.invalid/..",
    "https://mirror.invalid/a?b=C:/../x",
  ];
  const mirrors = await Promise.all([own, ...await Promise.all(other.map(mirror))]);
  assert.equal(new Set(mirrors).size, mirrors.length);
  for (const name of mirrors) assert.match(name, /^[a-z0-9_][a-z0-9_-]*-[0-9a-f]{8}\.git$/);
});

Deno.test("credentials of an address go to git, and nowhere else", async () => {
  const url = "https://someone:s3cret-value@host.invalid/ComfyUI.git";
  const source = await readComfyUISource(url, "/");
  assert.equal(source.url, url);
  assert.equal(source.publicUrl, "https://host.invalid/ComfyUI.git");
  assert.equal(redact("it said s3cret-value"), "it said ***");
});

Deno.test("a path is taken from the current directory, bare or with files", () =>
  inDirectory(async (directory) => {
    await Deno.mkdir(join(directory, "with files", ".git"), { recursive: true });
    await Deno.mkdir(join(directory, "bare", "objects"), { recursive: true });
    await Deno.writeTextFile(join(directory, "bare", "HEAD"), "ref: refs/heads/main\n");
    for (const name of ["with files", "bare"]) {
      const url = join(directory, name);
      for (const text of [name, `./${name}`, url, join(directory, "x", "..", name)]) {
        const source = await readComfyUISource(text, directory);
        assert.deepEqual([source.url, source.publicUrl], [url, url]);
      }
    }
  }));

Deno.test("what is no git repository is refused, a portable install by its name", () =>
  inDirectory(async (directory) => {
    const absent = await failureOf(readComfyUISource("nowhere", directory));
    assert.equal(absent.code, "COMFYUI_NOT_FOUND");
    assert.equal(absent.exit, 4);
    await Deno.writeTextFile(join(directory, "main.py"), "");
    const portable = await failureOf(readComfyUISource(directory, "/"));
    assert.equal(portable.code, "COMFYUI_NO_GIT");
    assert.equal(portable.exit, 5);
    assert.match(portable.hint ?? "", /comfydock adopt/);
    for (const text of ["", "  ", "-upload-pack=x", "https://a\n.invalid/x", "x".repeat(3000)]) {
      const error = await failureOf(readComfyUISource(text, directory));
      assert.equal(error.code, "COMFYUI_SOURCE_INVALID", JSON.stringify(text.slice(0, 20)));
    }
  }));
