import assert from "node:assert/strict";
import { join } from "node:path";
import type { ModelScanData } from "../../../src/cli/models/scan.ts";
import { ModelIndex } from "../../../src/models/mod.ts";
import { applyInit, planInit, workspaceLayout } from "../../../src/workspace/mod.ts";
import { withTempDir } from "../../support/alone.ts";
import { sampleModel } from "../../support/model_files.ts";
import { runCli } from "../../support/run_cli.ts";

Deno.test({
  name:
    "a directory and a file without rights are told by name, the rest goes on, and what was known of them stays",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withTempDir(async (root) => {
      const layout = workspaceLayout(join(root, "ws"));
      await applyInit(await planInit({ path: layout.root, now: new Date().toISOString() }));
      const { defaultModels: models } = layout;
      const [closed, secret] = [join(models, "closed"), join(models, "secret.safetensors")];
      await Deno.mkdir(closed);
      await Deno.writeFile(join(closed, "inner.safetensors"), sampleModel("inner"));
      await Deno.writeFile(join(models, "open.safetensors"), sampleModel("open"));
      await Deno.writeFile(secret, sampleModel("secret"));
      const permit = async (mode: number) => {
        await Deno.chmod(closed, mode);
        await Deno.chmod(secret, mode);
      };
      const scan = async (code: number) => {
        const run = await runCli(["model", "scan", "--json"], {
          env: { COMFYDOCK_HOME: layout.root },
          heedsRights: true,
        });
        assert.equal(run.code, code, run.stderr);
        return run.json?.data as ModelScanData;
      };
      const held = () => {
        using index = new ModelIndex(layout.modelIndex);
        return index.count().locations;
      };
      await permit(0);
      const first = await scan(1);
      assert.deepEqual([first.files, first.added], [1, 1]);
      assert.deepEqual(
        first.problems.map(({ code, path }) => [code, path]).sort(),
        [["FILE_UNREADABLE", closed], ["FILE_UNREADABLE", secret]],
      );
      await permit(0o700);
      assert.equal((await scan(0)).added, 2);
      await permit(0);
      const again = await scan(1);
      assert.deepEqual([again.problems.map(({ path }) => path), again.removed], [[closed], 0]);
      assert.equal(held(), 3);
      await permit(0o700);
    });
  },
});
