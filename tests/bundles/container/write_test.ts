import assert from "node:assert/strict";
import { join } from "node:path";
import { planContainer } from "../../../src/bundles/container/plan.ts";
import { checkTarget, writeContainer } from "../../../src/bundles/container/write.ts";
import { textsBelow } from "../../cli/workspace/support/workspace.ts";
import { containerFacts } from "../../support/container_facts.ts";

async function withDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-container-" });
  try {
    await work(join(directory, "image"));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function write(directory: string, facts = containerFacts()): Promise<void> {
  const { files } = planContainer(facts, [], new Map());
  await writeContainer(files, await checkTarget(directory, files));
}

Deno.test("a container is written anew over its own files, and nobody else's are touched", async () => {
  await withDirectory(async (directory) => {
    await write(directory);
    const first = await textsBelow(directory);
    await Deno.writeTextFile(join(directory, "notes.txt"), "mine");
    await write(directory, containerFacts({ lockText: "version = 1\n" }));
    const second = await textsBelow(directory);
    assert.equal(second[join(directory, "notes.txt")], "mine");
    assert.ok(first[join(directory, "layers", "torch", "uv.lock")]);
    assert.equal(second[join(directory, "layers", "torch", "uv.lock")], undefined);
    await write(directory);
    assert.deepEqual(await textsBelow(directory), {
      ...first,
      [join(directory, "notes.txt")]: "mine",
    });
  });
});

Deno.test("a directory with anything else in it, or with changed files, is refused and stays", async () => {
  await withDirectory(async (directory) => {
    await Deno.mkdir(directory);
    await write(directory);
    await Deno.writeTextFile(join(directory, "Dockerfile"), "FROM mine:1\n");
    const before = await textsBelow(directory);
    await assert.rejects(write(directory), { code: "CONTAINER_DIRECTORY_FOREIGN" });
    assert.deepEqual(await textsBelow(directory), before);
    const foreign = join(directory, "layers");
    await assert.rejects(write(foreign), { code: "CONTAINER_DIRECTORY_FOREIGN" });
    await assert.rejects(write(join(directory, "Dockerfile")), {
      code: "CONTAINER_DIRECTORY_FOREIGN",
    });
  });
});

Deno.test("a list of files that names others outside never reaches them", async () => {
  await withDirectory(async (directory) => {
    await write(directory);
    const outside = join(directory, "..", "outside.txt");
    await Deno.writeTextFile(outside, "mine");
    const list = join(directory, "container.json");
    const record = JSON.parse(await Deno.readTextFile(list));
    const paths = ["../outside.txt", outside, "a/../../outside.txt", "..\\outside.txt"];
    record.files.push(...paths.map((path) => ({ path, sha256: "" })));
    await Deno.writeTextFile(list, JSON.stringify(record));
    await write(directory);
    assert.equal(await Deno.readTextFile(outside), "mine");
  });
});
