import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { relocateVenv } from "../../../src/environment/venv/relocate.ts";
import { withTempDir } from "../../support/alone.ts";

const WINDOWS = Deno.build.os === "windows";

/** A made-up `.venv`; returns the path of its packages. */
async function makeVenv(venv: string, config: string, files: Readonly<Record<string, string>>) {
  const site = WINDOWS
    ? join(venv, "Lib", "site-packages")
    : join(venv, "lib", "python3.12", "site-packages");
  const all = { [join(venv, "pyvenv.cfg")]: config };
  for (const [name, text] of Object.entries(files)) all[join(site, name)] = text;
  for (const [path, text] of Object.entries(all)) {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
}

Deno.test("relocateVenv() rewrites what names the place of packages that are used in place, and nothing else", async () => {
  await withTempDir(async (directory) => {
    const from = join(directory, "a.b");
    const to = join(directory, "new one");
    const venv = join(from, ".venv");
    const longer = join(directory, "a.bc");
    const lookAlike = join(directory, "aXb");
    await makeVenv(venv, "relocatable = true\nprompt = a.b\n", {
      "own.pth": `${join(from, "ComfyUI", "pack")}\n${longer}\n${lookAlike}\n`,
      "same.pth": "import os\n",
      "__editable___pack_finder.py": `MAPPING = {'pack': '${from.replaceAll("\\", "\\\\")}'}`,
      "pack-1.dist-info/direct_url.json": JSON.stringify({ url: pathToFileURL(from).href }),
      "pack-1.dist-info/METADATA": from,
    });
    const way = { from, to, oldName: "a.b", newName: "new one" };
    const files = await relocateVenv(venv, way);
    const byName = Object.fromEntries(
      (files ?? []).map(({ path, text }) => [path.split(/[/\\]/).at(-1), text]),
    );
    assert.deepEqual(byName, {
      "own.pth": `${join(to, "ComfyUI", "pack")}\n${longer}\n${lookAlike}\n`,
      "__editable___pack_finder.py": `MAPPING = {'pack': '${to.replaceAll("\\", "\\\\")}'}`,
      "direct_url.json": JSON.stringify({ url: pathToFileURL(to).href }),
    });
  });
});

Deno.test("relocateVenv() gives the prompt the new name where it means nothing to a shell", async () => {
  await withTempDir(async (from) => {
    const venv = join(from, ".venv");
    await makeVenv(venv, "home = /demo/bin\nrelocatable = true\nprompt = demo\n", {});
    const way = { from, to: join(from, "x"), oldName: "demo", newName: "other" };
    const [file, ...more] = await relocateVenv(venv, way) ?? [];
    assert.deepEqual([file?.text, more.length], [
      "home = /demo/bin\nrelocatable = true\nprompt = other\n",
      0,
    ]);
    assert.deepEqual(await relocateVenv(venv, { ...way, newName: "$(date)" }), []);
  });
});

Deno.test("relocateVenv() says that what is not relocatable must be made anew", async () => {
  await withTempDir(async (from) => {
    const venv = join(from, ".venv");
    const way = { from, to: join(from, "x"), oldName: "a", newName: "b" };
    assert.equal(await relocateVenv(venv, way), undefined);
    await makeVenv(venv, "home = /usr/bin\n", {});
    assert.equal(await relocateVenv(venv, way), undefined);
  });
});
