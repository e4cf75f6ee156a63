import assert from "node:assert/strict";
import { ComfydockError, readAsset, readAssetText } from "../../src/base/mod.ts";

Deno.test("readAsset() reads a file of the project wherever the process was started", async () => {
  const expected = await Deno.readFile(new URL("../../LICENSE", import.meta.url));
  assert.deepEqual(await readAsset("LICENSE"), expected);
  assert.match(await readAssetText("LICENSE"), /GNU AFFERO GENERAL PUBLIC LICENSE/);
});

Deno.test("readAsset() names the file that is not shipped", async () => {
  await assert.rejects(readAsset("config/absent.toml"), (error: unknown) => {
    assert(error instanceof ComfydockError);
    assert.equal(error.code, "INTERNAL");
    assert.equal(error.message, 'Cannot read the built-in file "config/absent.toml"');
    return true;
  });
});

Deno.test("embedAssets() makes the table the only place that files come from", async () => {
  const script = `
    import { embedAssets, readAsset, readAssetText } from ${
    JSON.stringify(new URL("../../src/base/assets.ts", import.meta.url).href)
  };
    embedAssets({ "config/a.toml": btoa("a = 1"), "data/b": "AAH/" });
    console.log(await readAssetText("config/a.toml"), (await readAsset("data/b")).join());
    for (const path of ["LICENSE", "toString"]) {
      await readAsset(path).catch((error) => console.log(error.message));
    }
  `;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "--allow-read",
      "data:application/typescript," + encodeURIComponent(script),
    ],
    stderr: "inherit",
  }).output();
  assert.deepEqual(new TextDecoder().decode(stdout).trim().split("\n"), [
    "a = 1 0,1,255",
    'Cannot read the built-in file "LICENSE"',
    'Cannot read the built-in file "toString"',
  ]);
});
