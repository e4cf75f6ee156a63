import assert from "node:assert/strict";
import { join } from "node:path";
import { withTempDir } from "../../support/alone.ts";
import { runInProcess } from "../../support/run_in_process.ts";

Deno.test("without a home directory all works that keeps nothing in it", async () => {
  await withTempDir(async (directory) => {
    const env = { HOME: "", COMFYDOCK_HOME: join(directory, "workspace"), HF_TOKEN: "hf_abcdefgh" };
    for (
      const words of ["init", "config list", "config get rate", "config get api_keys.huggingface"]
    ) {
      const { code, stderr } = await runInProcess(words.split(" "), { env });
      assert.equal(code, 0, `${words}: ${stderr}`);
    }
    const doctor = await runInProcess(["doctor", "--offline"], { env });
    assert.notEqual(doctor.stdout, "");
    assert.doesNotMatch(doctor.stdout + doctor.stderr, /HOME/);
    const kept = await runInProcess(["config", "set", "rate", "3", "--user"], { env });
    assert.equal(kept.code, 4);
    assert.match(kept.stderr, /HOME is not set/);
  });
});
