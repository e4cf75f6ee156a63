import assert from "node:assert/strict";
import { join } from "node:path";
import { withEmptyWorkspace, withEnvironment } from "../../support/environment_fixture.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { track } from "../../support/tracked_workflows.ts";

Deno.test("export, bundle inspect, bundle verify and import work together", async () => {
  await withEnvironment(async (here) => {
    await track(here, { portrait: '{"nodes": []}\n' });
    const file = join(here.root, "demo.comfydock.tar.gz");
    const run = async (words: readonly string[], code = 0) => {
      const done = await here.cli([...words, "--json"]);
      assert.equal(done.code, code, done.stderr);
      if (code === 0) await assertPublishedShape(done.json);
      return done.json as unknown as { readonly data: never; readonly error: never };
    };
    const planned: { size: number | null } = (await run(["export", file, "--dry-run"])).data;
    assert.equal(planned.size, null);
    await assert.rejects(Deno.stat(file), Deno.errors.NotFound);
    const exported: { files: number } = (await run(["export", file])).data;
    const inspected: { workflows: string[]; lock: boolean } =
      (await run(["bundle", "inspect", file])).data;
    assert.deepEqual([inspected.workflows, inspected.lock], [["portrait"], true]);
    const verified: { files: number } = (await run(["bundle", "verify", file])).data;
    assert.equal(verified.files, exported.files);
    const wrong: { code: string } = (await run(["export", "demo.zip"], 2)).error;
    assert.equal(wrong.code, "BUNDLE_SOURCE_INVALID");

    await withEmptyWorkspace(async (there) => {
      const argv = ["import", file, "--comfyui-source", here.source, "--json"];
      const plan = await there.cli([...argv, "--dry-run"]);
      await assertPublishedShape(plan.json);
      assert.deepEqual(await Array.fromAsync(Deno.readDir(there.workspace.environments)), []);
      const done = await there.cli(["import", file, "--comfyui-source", here.source, "--strict"]);
      assert.equal(done.code, 0, done.stderr);
      assert.match(done.stdout, /^Imported demo at /);
      const taken = await there.cli(argv);
      assert.equal(taken.code, 5, taken.stderr);
      const status = await there.cli(["validate", "--strict", "--json"]);
      assert.equal(status.code, 0, status.stdout);
    });
    const bytes = await Deno.readFile(file);
    await Deno.writeFile(file, bytes.subarray(0, bytes.length - 100));
    const cut: { code: string } = (await run(["bundle", "verify", file], 1)).error;
    assert.equal(cut.code, "ARCHIVE_INVALID");
  });
});
