import assert from "node:assert/strict";
import { join } from "node:path";
import type { ModelScanData } from "../../../src/cli/models/scan.ts";
import type { ModelInfoData } from "../../../src/cli/models/info.ts";
import {
  applyInit,
  copyTree,
  environmentLayout,
  listTrash,
  planInit,
  workspaceLayout,
} from "../../../src/workspace/mod.ts";
import { sampleModel } from "../../support/model_files.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { withSmallDisk } from "../../workspace/support/small_disk.ts";
import { dataOf, MANIFEST, withWorkspace } from "../workspace/support/workspace.ts";

Deno.test("a damaged index goes to the trash and is built anew, with sources and names from manifests", async () => {
  await withWorkspace(async ({ layout, run, makeEnvironments }) => {
    await Deno.mkdir(layout.defaultModels, { recursive: true });
    for (let at = 0; at < 40; at++) {
      const bytes = sampleModel(`${at}`);
      await Deno.writeFile(join(layout.defaultModels, `${at}.safetensors`), bytes);
    }
    assert.equal((await run(["model", "scan", "--json"])).code, 0);
    const info = async (id: string) =>
      dataOf<ModelInfoData>(await run(["model", "info", id, "--json"])).model!;
    const { blake3 } = await info("7.safetensors");
    await makeEnvironments("demo");
    await Deno.writeTextFile(
      environmentLayout(layout, "demo").manifest,
      `${MANIFEST}[tool.comfydock.models.seven]\nname = "My Seven"\nhash = "blake3:${blake3}"\n` +
        `sources = [{ type = "url", url = "https://models.test/seven" }]\n`,
    );
    const damages: readonly ((bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>)[] = [
      () => new TextEncoder().encode("this is no database at all, nothing of the sort"),
      (bytes) => bytes.fill(0x55, 4096),
      (bytes) => bytes.slice(0, bytes.length / 2),
    ];
    for (const [at, damage] of damages.entries()) {
      // Closed for writing, everything is in the file itself.
      await run(["model", "scan"]);
      await Deno.writeFile(layout.modelIndex, damage(await Deno.readFile(layout.modelIndex)));
      await removeLogs(layout.modelIndex);
      const found = await run(["model", "find", "7.safetensors", "--json"]);
      if (at === 0) {
        assert.deepEqual([found.code, found.json?.error?.code], [1, "MODEL_INDEX_DAMAGED"]);
      }
      const done = await run(["model", "scan", "--json"]);
      assert.equal(done.code, 0, done.stderr);
      const { rebuilt, added } = dataOf<ModelScanData>(done);
      assert.deepEqual([rebuilt, added], [true, 40], `damage ${at}`);
      assert.equal((await listTrash(layout)).length > at, true);
      const seven = await info(blake3);
      assert.deepEqual([seven.name, seven.sources], ["My Seven", [
        { type: "url", url: "https://models.test/seven" },
      ]]);
    }
  });
});

async function removeLogs(path: string): Promise<void> {
  for (const suffix of ["-wal", "-shm"]) {
    await Deno.remove(path + suffix).catch(() => {});
  }
}

Deno.test("a scan on a full disk says so, and the next one completes it", async () => {
  await withSmallDisk(async (root) => {
    const layout = workspaceLayout(join(root, "ws"));
    const models = await Deno.makeTempDir();
    const env = { HOME: root, COMFYDOCK_HOME: layout.root };
    try {
      await applyInit(await planInit({ path: layout.root, now: "2026-01-02T03:04:05.000Z" }));
      for (let at = 0; at < 900; at++) {
        const bytes = sampleModel(`${at}`);
        await Deno.writeFile(join(models, `a-rather-long-name-${at}.safetensors`), bytes);
      }
      const scan = () => runInProcess(["model", "scan", models, "--json"], { env });
      await Deno.writeFile(join(root, "ballast"), new Uint8Array(600_000));
      const full = await scan();
      assert.deepEqual([full.code, full.json?.error?.code], [1, "DISK_FULL"]);
      // A copy on a larger disk: what the scan left is what the next one begins with.
      await copyTree(layout.root, join(models, "ws"));
      const elsewhere = { HOME: root, COMFYDOCK_HOME: join(models, "ws") };
      const done = await runInProcess(["model", "scan", models, "--json"], { env: elsewhere });
      assert.equal(dataOf<ModelScanData>(done).files, 900);
    } finally {
      await Deno.remove(models, { recursive: true });
    }
  });
});
