import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { ComfydockError } from "../../src/base/mod.ts";
import {
  applyImport,
  type BundleSource,
  openSource,
  prepareImport,
} from "../../src/bundles/mod.ts";
import { readComfyUISource } from "../../src/comfyui/mod.ts";
import { readStatus } from "../../src/environment/mod.ts";
import { hashTree } from "../../src/nodes/mod.ts";
import { environmentLayout } from "../../src/workspace/mod.ts";
import { sha256Of, SMALL_MANIFEST, smallBundle } from "../support/bundle_files.ts";
import {
  bundleChanges,
  byteChanges,
  changeBytes,
  changedBundle,
} from "../support/bundle_mutations.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { put } from "../support/tracked_workflows.ts";

/** How many of the bundles that are right are made into environments; each takes as long as all others together. */
const WHOLE = 2;

/** The small bundle with ComfyUI's commit, the digest of its pack, and a lock that fits. */
async function importable(fixture: EnvironmentFixture): Promise<Map<string, Uint8Array>> {
  const { root, world, environment } = fixture;
  const directory = join(root, "scratch");
  const files = smallBundle();
  const pack = join(directory, "pack");
  await Deno.mkdir(pack, { recursive: true });
  await Deno.writeFile(join(pack, "__init__.py"), files.get("nodes/pack/__init__.py")!);
  const { git, uv } = world();
  const manifest = SMALL_MANIFEST
    .replace("a".repeat(40), (await git.resolve(environment.comfyui, "HEAD"))!)
    .replace("b".repeat(64), await hashTree(pack));
  await put(join(directory, "pyproject.toml"), manifest);
  await (await uv()).lock({ directory });
  return files
    .set("pyproject.toml", new TextEncoder().encode(manifest))
    .set("uv.lock", await Deno.readFile(join(directory, "uv.lock")));
}

async function below(directory: string): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name).sort();
}

/** Unpacks all that an import would, and sees that it is what the bundle says. */
async function stage(
  { content, unpackNodes, unpackPackages, readModels }: BundleSource,
  to: string,
) {
  for (const [id, path] of await unpackNodes(join(to, "nodes"))) {
    assert.ok(path.startsWith(join(to, "nodes")), path);
    const listed = content.index!.files.filter((file) =>
      file.path.startsWith(`nodes/${content.nodes.get(id)}/`)
    );
    for (const { path, sha256 } of listed) {
      assert.equal(sha256Of(await Deno.readFile(join(to, "nodes", path))), sha256, path);
    }
  }
  await unpackPackages?.(join(to, "packages"));
  await readModels(async (key, bytes) => {
    const found = sha256Of(new Uint8Array(await new Response(bytes).arrayBuffer()));
    assert.equal(found, content.models.get(key)?.sha256);
  });
}

Deno.test("of 1,000 changed bundles each is refused with nothing left, or is imported as it says", async () => {
  await withEnvironment(async (fixture) => {
    const { root, workspace, source, world } = fixture;
    const files = await importable(fixture);
    const right = changedBundle(files, {
      kind: "list",
      file: 0,
      field: "executable",
      value: false,
    });
    const comfyui = await readComfyUISource(source, root);
    const path = join(root, "changed.tar");
    const places = [
      root,
      workspace.environments,
      workspace.journal,
      workspace.downloads,
      join(workspace.defaultModels, "checkpoints"),
    ];
    const seen = async () => JSON.stringify(await Promise.all(places.map(below)));
    const imported = new Set<string>();
    const counts = { refused: 0, staged: 0 };

    const importOne = async (bytes: Uint8Array) => {
      await Deno.writeFile(path, bytes);
      const before = await seen();
      const to = join(root, "staged");
      const name = `copy-${imported.size}`;
      const here = world({ name });
      const request = { name, strict: false, comfyui, use: false, keepModels: true };
      try {
        await using opened = await openSource(here, { kind: "file", path });
        const prepared = await prepareImport(here, opened, request);
        await stage(opened, to);
        counts.staged++;
        const identity = JSON.stringify(opened.content.index!.files);
        if (imported.size < WHOLE && !imported.has(identity)) {
          const { environment } = await applyImport(here, opened, prepared, request);
          imported.add(identity);
          const made = environmentLayout(workspace, name);
          assert.equal(await Deno.readTextFile(made.lockFile), opened.content.lockText);
          for (const [file, bytes] of opened.content.files) {
            assert.deepEqual(await Deno.readFile(join(made.cec, file)), bytes, file);
          }
          const { differences } = await readStatus(here);
          // The small manifest asks for nothing, whatever ComfyUI wants.
          const others = differences.filter(({ kind }) => kind !== "requirement_missing");
          assert.deepEqual(others, []);
          assert.equal(environment.name, name);
          return;
        }
      } catch (error) {
        assert.ok(error instanceof ComfydockError, String(error));
        assert.notEqual(error.code, "INTERNAL", error.message);
        counts.refused++;
      } finally {
        await Deno.remove(to, { recursive: true }).catch(() => {});
      }
      assert.equal(await seen(), before, "nothing is left");
    };

    await importOne(right);
    assert.equal(imported.size, 1, "the one that was not changed is imported");
    const change = fc.oneof(
      { weight: 1, arbitrary: byteChanges.map((how) => changeBytes(right, how)) },
      { weight: 2, arbitrary: bundleChanges.map((how) => changedBundle(files, how)) },
    );
    await fc.assert(fc.asyncProperty(change, importOne), { numRuns: 1_000 });
    assert.ok(counts.refused > 500 && counts.staged > 50, JSON.stringify(counts));
  });
});
