import assert from "node:assert/strict";
import { join } from "node:path";
import { withTempDir } from "../support/alone.ts";
import { noteUse, removeUnused } from "../support/kept_entries.ts";

const HOUR_MS = 3_600_000;

Deno.test("of what tests keep between runs only what is used or new stays, also when several runs remove", async () => {
  await withTempDir(async (directory) => {
    const put = async (name: string, hours: number) => {
      const path = join(directory, name);
      await Deno.mkdir(join(path, "deep"), { recursive: true });
      const used = new Date(Date.now() - hours * HOUR_MS);
      await Deno.utime(path, used, used);
    };
    for (const hours of [0, 0.5, 2, 3, 4, 20, 30, 40]) await put(`made-${hours}`, hours);
    for (const name of ["gone-half", "other"]) await put(name, 50);
    await noteUse(join(directory, "made-40"));
    const keeping = { names: /^made-/, newest: 4 };
    await Promise.all([1, 2, 3].map(() => removeUnused(directory, keeping)));
    const names = (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name).sort();
    assert.deepEqual(names, ["made-0", "made-0.5", "made-2", "made-40", "other"]);
    await removeUnused(directory, { names: /^made-/, newest: 0 });
    assert.equal((await Array.fromAsync(Deno.readDir(directory))).length, 4);
    await removeUnused(join(directory, "absent"), keeping);
  });
});
