import assert from "node:assert/strict";
import { join } from "node:path";
import { createHttpClient } from "../../../src/http/mod.ts";
import { mappingsText } from "../../../src/mappings/mod.ts";
import { type NodeIndexOptions, openNodeIndex, withNodeIndex } from "../../../src/nodes/mod.ts";
import { patientClock, serve } from "../../support/http_server.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";
import { type IndexScene, withIndexScene } from "../../support/node_index.ts";

const DAY = 86_400_000;

function packs(...ids: string[]) {
  return ids.reduce((builder, id) => builder.withPackage(id), new MappingsBuilder()).build();
}

function textOf(...ids: string[]): string {
  return [...mappingsText(packs(...ids))].join("");
}

/** Which of the packs the index has, and where its data came from. */
async function holds(scene: IndexScene, options?: NodeIndexOptions): Promise<string> {
  using index = await scene.open(options);
  return ["one", "two", "three"].filter((id) => index.packageOf(id)).join(" ");
}

Deno.test("the starter index is there without anything else, and is made once", async () => {
  await withIndexScene(async ({ workspace, events }) => {
    const made = await openNodeIndex({ workspace });
    assert.equal(made.origin, "starter");
    assert.ok(made.packages > 5_000);
    assert.equal(made.find("impact pack")[0]?.package.display_name, "ComfyUI Impact Pack");
    made.close();
    const { mtime } = await Deno.stat(workspace.nodeIndex);
    const again = await openNodeIndex({ workspace });
    assert.equal(again.packages, made.packages);
    again.close();
    assert.deepEqual((await Deno.stat(workspace.nodeIndex)).mtime, mtime);
    assert.deepEqual(events, []);
  });
});

Deno.test("published mappings of a directory are followed at once, plain or packed", async () => {
  await withIndexScene(async (scene) => {
    await scene.publish(packs("one"));
    assert.equal(await holds(scene), "one");
    await scene.publish(packs("one", "two"));
    assert.equal(await holds(scene), "one two");
    const other = join(scene.directory, "other.json");
    await Deno.writeTextFile(other, textOf("three"));
    assert.equal(await holds(scene, { source: other }), "three");
    assert.equal(await holds(scene, { source: new URL(`file://${other}`).href }), "three");
    assert.equal(await holds(scene), "one two");
  });
});

Deno.test("a source that is gone or damaged is told of, and what is there goes on", async () => {
  await withIndexScene(async (scene) => {
    await scene.publish(packs("one"));
    assert.equal(await holds(scene), "one");
    await Deno.writeTextFile(join(scene.published, "node_mappings.json"), '{"packages": 7');
    assert.equal(await holds(scene), "one");
    await Deno.remove(scene.published, { recursive: true });
    assert.equal(await holds(scene), "one");
    assert.deepEqual(
      scene.events.map((event) => event.kind === "warned" && event.code),
      ["NODE_INDEX_STALE", "NODE_INDEX_STALE"],
    );
    await assert.rejects(scene.open({ source: "ftp://example.org/x" }), {
      code: "NODE_INDEX_SOURCE_INVALID",
    });
  });
});

Deno.test("a URL is asked once a day by its ETag, and again an hour after it failed", async () => {
  await withIndexScene(async (scene) => {
    let text = textOf("one");
    let up = true;
    await using server = serve((request) => {
      if (!up) return new Response(null, { status: 503 });
      const etag = `"${text.length}"`;
      return request.headers.get("if-none-match") === etag
        ? new Response(null, { status: 304, headers: { etag } })
        : new Response(text, { headers: { etag } });
    });
    const clock = patientClock();
    const options = {
      source: `${server.url}/node_mappings.json`,
      http: () => Promise.resolve(createHttpClient({ clock, retries: 0 })),
      clock,
    };
    const asked: number[] = [];
    const look = async (after: number, expected: string) => {
      await clock.sleep(after);
      const before = server.requests.length;
      assert.equal(await holds(scene, options), expected);
      asked.push(server.requests.length - before);
    };
    await look(0, "one");
    await look(DAY - 1, "one");
    await look(1, "one");
    text = textOf("one", "two");
    await look(1, "one");
    await look(DAY, "one two");
    assert.deepEqual(asked.splice(0), [1, 0, 1, 0, 1]);
    up = false;
    await Deno.remove(scene.workspace.apiCache);
    await look(DAY, "one two");
    await look(1, "one two");
    await look(DAY / 24, "one two");
    assert.deepEqual(asked, [1, 0, 1]);
    assert.match(JSON.stringify(scene.events), /NODE_INDEX_STALE.*503.*NODE_INDEX_STALE/);
  });
});

Deno.test("without the network the kept copy of what was published makes a lost index anew", async () => {
  await withIndexScene(async (scene) => {
    await using server = serve(() => new Response(textOf("one")));
    const source = server.url;
    const http = () => Promise.resolve(createHttpClient());
    assert.equal(await holds(scene, { source, http }), "one");
    await Deno.remove(scene.workspace.nodeIndex);
    const offline = () => Promise.resolve(createHttpClient({ offline: true }));
    assert.equal(await holds(scene, { source, http: offline }), "one");
    assert.equal(server.requests.length, 1);
  });
});

const damages: readonly (readonly [name: string, damage: (bytes: Uint8Array) => Uint8Array])[] = [
  ["no database", () => new TextEncoder().encode("no database at all, only a text ".repeat(9))],
  ["an empty file", () => new Uint8Array()],
  ["half of it", (bytes) => bytes.slice(0, bytes.length >> 1)],
  ["all pages but the first", (bytes) => bytes.fill(0xaa, 4_096)],
  ["of another version", (bytes) => bytes.fill(9, 60, 64)],
];

Deno.test("a damaged index is made anew, at the latest when the damage is met", async () => {
  await withIndexScene(async (scene) => {
    const { workspace, published: source } = scene;
    await scene.publish(packs("one", "two"));
    await holds(scene);
    const sound = await Deno.readFile(workspace.nodeIndex);
    for (const [name, damage] of damages) {
      await Deno.writeFile(workspace.nodeIndex, damage(sound.slice()));
      const options = { workspace, source };
      const found = await withNodeIndex(options, (index) => index.find("two").map(({ id }) => id));
      assert.deepEqual(found, ["two"], name);
    }
  });
});

Deno.test("several openings at once make one index", async () => {
  await withIndexScene(async (scene) => {
    await scene.publish(packs("one", "three"));
    const found = await Promise.all([1, 2, 3, 4].map(() => holds(scene)));
    assert.deepEqual(new Set(found), new Set(["one three"]));
    assert.deepEqual(scene.events, []);
  });
});

Deno.test("where no index can be written, it is made for the process, and that is told", async () => {
  await withIndexScene(async (scene) => {
    await scene.publish(packs("one"));
    await Deno.writeTextFile(join(scene.directory, "file"), "");
    const nodeIndex = join(scene.directory, "file", "node_index.db");
    assert.equal(await holds(scene, { workspace: { ...scene.workspace, nodeIndex } }), "one");
    assert.match(JSON.stringify(scene.events), /NODE_INDEX_NOT_KEPT/);
  });
});
