import assert from "node:assert/strict";
import {
  digestsOf,
  lookupAmong,
  readModelUses,
  restoreFromManifests,
} from "../../../src/models/uses/mod.ts";
import { environmentLayout, workspaceLayout } from "../../../src/workspace/mod.ts";
import { withModelTree } from "../support/model_tree.ts";

async function manifest(root: string, name: string, models: string): Promise<void> {
  const { cec, manifest } = environmentLayout(workspaceLayout(root), name);
  await Deno.mkdir(cec, { recursive: true });
  const head = '[project]\nname = "some"\n\n[tool.comfydock]\nversion = "1.0.0"\n';
  await Deno.writeTextFile(manifest, head + models);
}

Deno.test("manifests name models by digest or by name; sources and names come back from them", async () => {
  await withModelTree(async ({ root, write, scan, index }) => {
    await write("vae/a.safetensors", "a");
    await write("loras/b.safetensors", "b");
    await scan(undefined, { sha256: true });
    const [a, b] = [index.byName("a.safetensors")[0]!, index.byName("b.safetensors")[0]!];
    await manifest(
      root,
      "one",
      `[tool.comfydock.models.a]\nname = "My VAE"\nhash = "blake3:${a.blake3}"\n` +
        `sources = [{ type = "huggingface", repo = "me/a", file = "a.safetensors" }]\n` +
        `[tool.comfydock.models.gone]\nname = "b.safetensors"\nhash = "blake3:${"0".repeat(64)}"\n`,
    );
    await manifest(
      root,
      "two",
      `[tool.comfydock.models.b]\nname = "B.safetensors"\n` +
        `[tool.comfydock.models.sha]\nname = "x"\nsha256 = "${b.sha256}"\n`,
    );
    await manifest(root, "broken", "[tool.comfydock.models.a\n");
    const { uses, problems } = await readModelUses(workspaceLayout(root));
    assert.equal(problems.length, 1);
    const lookup = lookupAmong(index.models());
    const found = uses.map(({ environment, model }) => [
      `${environment} ${model.key}`,
      lookup.find(model).map(({ id }) => id),
    ]);
    assert.deepEqual(Object.fromEntries(found), {
      "one a": [a.id],
      // Another digest is another model, whatever the name.
      "one gone": [],
      "two b": [b.id],
      "two sha": [b.id],
    });
    assert.equal(restoreFromManifests(index, uses), 1);
    assert.equal(restoreFromManifests(index, uses), 1);
    const [restored] = index.byIds([a.id]);
    assert.equal(restored?.name, "My VAE");
    assert.equal(restored?.sources.length, 1);
    assert.match(restored!.sources[0]!.url, /me\/a/);
    assert.deepEqual((await readModelUses(workspaceLayout(root), "two")).uses.length, 2);
  });
});

Deno.test("digests are read with their kind", () => {
  const model = { key: "k", name: "n", sources: [], criticality: "required" } as const;
  assert.deepEqual(digestsOf({ ...model, hash: "blake3:AB", sha256: "CD" }), {
    blake3: "ab",
    sha256: "cd",
  });
  assert.deepEqual(digestsOf({ ...model, hash: "no digest" }), {});
});
