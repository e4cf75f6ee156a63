import assert from "node:assert/strict";
import { environmentLayout, lookAt } from "../../../src/workspace/mod.ts";
import { freePort, withRunnable } from "../../support/running.ts";

Deno.test("while ComfyUI runs its environment is neither deleted nor renamed nor copied with data", async () => {
  await withRunnable(async ({ cli, layout }) => {
    const words = ["--no-sync", "--detach", "--wait", "--timeout", "60", "--port", `${freePort()}`];
    const started = await cli(["run", ...words]);
    assert.equal(started.code, 0, started.stderr);
    for (
      const argv of [
        ["delete", "demo"],
        ["delete", "demo", "--purge", "-y"],
        ["rename", "demo", "other"],
        ["clone", "demo", "twin", "--with-data"],
      ]
    ) {
      const { code, json } = await cli([...argv, "--json"]);
      assert.deepEqual([code, json?.error?.code], [5, "RUN_ALREADY"], argv.join(" "));
      assert.match(json?.error?.hint ?? "", /comfydock stop --env demo/);
    }
    assert.equal((await cli(["stop"])).code, 0);
    assert.equal((await cli(["delete", "demo"])).code, 0);
    assert.equal(await lookAt(environmentLayout(layout, "demo").root), undefined);
    assert.equal((await cli(["undo"], { COMFYDOCK_ENV: "" })).code, 0);
    assert.equal((await cli(["rename", "demo", "other"])).code, 0);
  });
});
