import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  locationPath,
  ModelIndex,
  recordFile,
  searchIndex,
} from "../../../src/models/index/mod.ts";
import { withModelTree } from "../support/model_tree.ts";

Deno.test("models are found by digest, beginning of it, name, old name, and path", async () => {
  await withModelTree(async ({ models, write, scan, index }) => {
    const path = await write("vae/Some_Model.safetensors", "a");
    await write("vae/other.safetensors", "b");
    await scan();
    const model = index.byPath(path)[0]!;
    index.rename(model.id, "my name");
    const identifiers = [
      model.blake3,
      model.blake3.slice(0, 8),
      `blake3:${model.blake3.toUpperCase()}`,
      "my name",
      "Some_Model.safetensors",
      "some_model.SAFETENSORS",
      "vae/Some_Model.safetensors",
      path,
    ];
    for (const identifier of identifiers) {
      assert.deepEqual(index.find(identifier).map(({ id }) => id), [model.id], identifier);
    }
    // An underscore is no placeholder, and parts of names are no names.
    for (const none of ["Some-Model.safetensors", "Model.safetensors", "zzzzzzzz", "%", ""]) {
      assert.deepEqual(index.find(none), [], none);
    }
    assert.equal(locationPath(model.locations[0]!), join(models, "vae", "Some_Model.safetensors"));
  });
});

Deno.test("words are searched anywhere in name and path, the closest name first", async () => {
  await withModelTree(async ({ write, scan, index }) => {
    for (
      const path of [
        "vae/sdxl_vae.safetensors",
        "vae/sdxl_vae_fp16_fix.safetensors",
        "vae/xl/ae.safetensors",
        "checkpoints/sd_xl_base.safetensors",
        "loras/100%_odd'\"name.safetensors",
        "loras/Ärger.safetensors",
      ]
    ) await write(path, path);
    await scan();
    const found = (query: string, limit = 10) =>
      searchIndex(index, query, limit).models.map(({ name }) => name);
    assert.deepEqual(found("sdxl_vae.safetensors"), ["sdxl_vae.safetensors"]);
    assert.deepEqual(found("VAE sdxl"), ["sdxl_vae.safetensors", "sdxl_vae_fp16_fix.safetensors"]);
    assert.deepEqual(found("ae"), [
      "ae.safetensors",
      "sdxl_vae.safetensors",
      "sdxl_vae_fp16_fix.safetensors",
    ]);
    assert.deepEqual(found("Ärger"), ["Ärger.safetensors"]);
    assert.deepEqual(found("xl base"), ["sd_xl_base.safetensors"]);
    assert.deepEqual(found("100% '\""), ["100%_odd'\"name.safetensors"]);
    for (const none of ["x_base", "nothing here", "", "  ", "*"]) {
      assert.deepEqual(found(none), [], none);
    }
    assert.equal(searchIndex(index, "safetensors", 2).more, true);
    assert.equal(searchIndex(index, "safetensors", 6).more, false);
  });
});

Deno.test("what is added, replaced and lost between scans is found and forgotten by words", async () => {
  await withModelTree(async ({ write, scan, index }) => {
    const found = (query: string) =>
      searchIndex(index, query, 9).models.map(({ name }) => name).sort();
    const first = await write("vae/morning.safetensors", "a");
    await write("vae/evening.safetensors", "b");
    await scan();
    assert.deepEqual(found("ning saf"), ["evening.safetensors", "morning.safetensors"]);
    await Deno.remove(first);
    await write("vae/evening.safetensors", "other content");
    await write("vae/dawning.safetensors", "c");
    await scan();
    assert.deepEqual(found("ning saf"), ["dawning.safetensors", "evening.safetensors"]);
  });
});

Deno.test("an index without trigrams gets them, and nothing has to be hashed again", async () => {
  await withModelTree(async ({ root, write, scan, index }) => {
    await write("vae/morning.safetensors", "a");
    await scan();
    const path = join(root, "model_index.db");
    const before = index.models();
    index.close();
    using old = new DatabaseSync(path);
    old.exec(
      `DROP TRIGGER location_added; DROP TRIGGER location_removed; DROP TRIGGER location_moved;
      DROP TABLE model_paths; PRAGMA user_version = 1`,
    );
    using migrated = new ModelIndex(path);
    assert.deepEqual(migrated.models(), before);
    assert.deepEqual(searchIndex(migrated, "orni", 5).models, before);
  });
});

Deno.test("a model without a place is kept only for its sources or a name given by hand", async () => {
  await withModelTree(async ({ write, scan, index }) => {
    const paths = [];
    for (const name of ["plain", "sourced", "named"]) {
      paths.push(await write(`${name}.safetensors`, name));
    }
    await scan();
    const idOf = (name: string) => index.byName(`${name}.safetensors`)[0]!.id;
    index.addSources(idOf("sourced"), [{ type: "url", url: "https://x.test/a" }]);
    index.rename(idOf("named"), "by hand");
    for (const path of paths) await Deno.remove(path);
    await scan();
    assert.deepEqual(index.models().map(({ name }) => name), ["by hand", "sourced.safetensors"]);
    assert.deepEqual(index.models()[1]?.sources, [{ type: "url", url: "https://x.test/a" }]);
    assert.equal(searchIndex(index, "plain", 5).models.length, 0);
  });
});

Deno.test("the tables are those of the contract, and one query finds a model by any digest", async () => {
  await withModelTree(async ({ root, write, scan, index }) => {
    await write("a.safetensors", "a");
    await scan(undefined, { sha256: true });
    using database = new DatabaseSync(join(root, "model_index.db"), { readOnly: true });
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get()!)[0];
    assert.deepEqual([pragma("journal_mode"), pragma("user_version")], ["wal", 2]);
    const { blake3, sha256 } = index.models()[0]!;
    for (const digest of [blake3, sha256!]) {
      const row = database.prepare(
        "SELECT m.* FROM models m JOIN model_hashes h ON m.id = h.model_id WHERE h.hash_value = ?",
      ).get(digest);
      assert.equal(row?.local_path, join(root, "models", "a.safetensors"));
      assert.deepEqual([row?.name, row?.original_name], ["a.safetensors", "a.safetensors"]);
    }
  });
});

Deno.test("an index of a newer comfydock and a file that is none are refused by name", async () => {
  const root = await Deno.makeTempDir();
  try {
    const path = join(root, "model_index.db");
    new ModelIndex(path).close();
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 99");
    database.close();
    assert.throws(() => new ModelIndex(path), { code: "MODEL_INDEX_NEWER" });
    await Deno.remove(path);
    await Deno.writeTextFile(path, "this is no database at all, and long enough to see that");
    assert.throws(() => new ModelIndex(path), { code: "MODEL_INDEX_DAMAGED" });
    assert.throws(() => new ModelIndex(path, { readOnly: true }), { code: "MODEL_INDEX_DAMAGED" });
    assert.throws(() => new ModelIndex(join(root, "none.db"), { readOnly: true }), {
      code: "FILE_NOT_FOUND",
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("a transaction that fails leaves nothing", async () => {
  await withModelTree(({ root, index }) => {
    const place = { directory: root, relativePath: "a.safetensors", size: 1, mtimeNs: 1n };
    const content = { blake3: "ab".repeat(32), format: { kind: "other" as const } };
    assert.throws(() =>
      index.transaction(() => {
        recordFile(index, place, content, "now");
        throw new Error("no");
      }), /no/);
    assert.deepEqual(index.count(), { models: 0, locations: 0 });
    index.transaction(() => recordFile(index, place, content, "now"));
    assert.deepEqual(index.count(), { models: 1, locations: 1 });
    return Promise.resolve();
  });
});
