import assert from "node:assert/strict";
import { join } from "node:path";
import { ModelIndex } from "../../src/models/mod.ts";
import { applyInit, planInit, workspaceLayout } from "../../src/workspace/mod.ts";
import { heldBy } from "../models/support/model_tree.ts";
import { sampleModel } from "../support/model_files.ts";
import { type CliRun, runCli } from "../support/run_cli.ts";

interface Fixture {
  readonly root: string;
  readonly models: string;
  run(argv: readonly string[], killAt?: string): Promise<CliRun>;
  /** What the index holds. */
  held(): Readonly<Record<string, string>>;
}

async function withWorkspace(work: (fixture: Fixture) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "comfydock-kill-" }));
  try {
    const layout = workspaceLayout(join(root, "ws"));
    await applyInit(await planInit({ path: layout.root, now: new Date().toISOString() }));
    await work({
      root,
      models: layout.defaultModels,
      run: (argv, killAt) =>
        runCli([...argv, "--json"], {
          env: { COMFYDOCK_HOME: layout.root, COMFYDOCK_KILL_AT: killAt },
        }),
      held() {
        using index = new ModelIndex(layout.modelIndex);
        return heldBy(index, root);
      },
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const FILES = 1100;

Deno.test({
  name: "a scan that is killed anywhere is completed by the next, with nothing read twice",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withWorkspace(async ({ models, run, held }) => {
      const write = (at: number, content = `${at}`) =>
        Deno.writeFile(join(models, "loras", `${at}.safetensors`), sampleModel(content));
      await Deno.mkdir(join(models, "loras"), { recursive: true });
      for (let at = 0; at < FILES; at++) await write(at, `${at % 1000}`);
      for (
        const [point, least] of [["scan:moved", 0], ["scan:batch:1", 500], [
          "scan:batch:1",
          1000,
        ]] as const
      ) {
        const { code } = await run(["model", "scan"], point);
        assert.equal(code, 137, point);
        assert.equal(Object.keys(held()).length, least, point);
      }
      const { code, json } = await run(["model", "scan"]);
      assert.equal(code, 0);
      const whole = held();
      assert.equal(Object.keys(whole).length, FILES);
      assert.equal(new Set(Object.values(whole)).size, 1000);
      assert.equal((json?.data as { added: number }).added, FILES - 1000);
      await Deno.remove(join(models, "loras", "5.safetensors"));
      await Deno.rename(join(models, "loras", "6.safetensors"), join(models, "moved.safetensors"));
      await write(7, "changed");
      for (const point of ["scan:moved", "scan:finished"]) {
        assert.equal((await run(["model", "scan"], point)).code, 137, point);
      }
      const last = await run(["model", "scan"]);
      assert.equal((last.json?.data as { unchanged: number }).unchanged, FILES - 1);
      const now = held();
      const moved = Object.entries(now).filter(([path]) => path.endsWith("/moved.safetensors"));
      assert.deepEqual(moved.map(([, digest]) => digest), [
        Object.entries(whole).find(([path]) => path.endsWith("/loras/6.safetensors"))?.[1],
      ]);
      assert.equal(Object.keys(now).length, FILES - 1);
    });
  },
});

Deno.test({
  name:
    "a dedupe that is killed anywhere leaves every file with its bytes, and the next one completes it",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withWorkspace(async ({ models, run, held }) => {
      const names = ["a", "b", "c"];
      for (const name of names) {
        await Deno.writeFile(join(models, `${name}.safetensors`), sampleModel("same"));
      }
      assert.equal((await run(["model", "scan"])).code, 0);
      const before = held();
      for (const point of ["dedupe:linked:1", "dedupe:replaced:1", "dedupe:linked:1"]) {
        assert.equal((await run(["model", "dedupe", "--yes"], point)).code, 137, point);
        for (const name of names) {
          const bytes = await Deno.readFile(join(models, `${name}.safetensors`));
          assert.deepEqual(bytes, sampleModel("same"), `${name} after ${point}`);
        }
      }
      assert.equal((await run(["model", "dedupe", "--yes"])).code, 0);
      assert.deepEqual(held(), before);
      const inodes = await Promise.all(
        names.map(async (name) => (await Deno.stat(join(models, `${name}.safetensors`))).ino),
      );
      assert.equal(new Set(inodes).size, 1);
      const left = await Array.fromAsync(Deno.readDir(models));
      assert.deepEqual(
        left.map(({ name }) => name).sort(),
        names.map((name) => `${name}.safetensors`),
      );
    });
  },
});
