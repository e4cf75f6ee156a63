import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { createBlake3 } from "../../src/models/mod.ts";
import { writeMappings } from "../../src/mappings/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { serveFile } from "../support/file_server.ts";
import { MappingsBuilder } from "../support/mappings_builder.ts";
import { sampleModel } from "../support/model_files.ts";
import { classOf, packVariables, startPackRegistry } from "../support/node_packs.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { assertPublishedShape } from "../support/schemas.ts";
import { sidesOf } from "../support/workflow_files.ts";

const HERE = sampleModel("here under another name");
const THERE = sampleModel("there");

function digestOf(bytes: Uint8Array): string {
  const digest = createBlake3();
  digest.update(bytes);
  return digest.finish();
}

function workflow(url: string): string {
  const loader = (id: number, name: string, model?: Record<string, string>) => ({
    id,
    type: "LoraLoader",
    widgets_values: [name, 1.0, 1.0],
    properties: model ? { models: [{ name, directory: "loras", ...model }] } : {},
  });
  return JSON.stringify({
    nodes: [
      { id: 1, type: classOf("pack-one"), properties: { cnr_id: "pack-one", ver: "1.0.0" } },
      { id: 2, type: classOf("pack-two"), inputs: [{ name: "image", type: "IMAGE" }] },
      loader(3, "wanted.safetensors", { hash: digestOf(HERE), hash_type: "BLAKE3" }),
      loader(4, "sub\\there.safetensors", {
        url: `${url}/there.safetensors`,
        name: "there.safetensors",
      }),
      loader(5, "unknown.safetensors"),
    ],
    links: [],
    version: 0.4,
  });
}

/** Runs one line of the story and gives what it told. */
async function line(env: Readonly<Record<string, string>>, ...argv: string[]) {
  const run = await runInProcess(argv, { env: { ...env, COMFYDOCK_JSON: "1" } });
  if (run.json?.ok) await assertPublishedShape(run.json);
  return { code: run.code, data: run.json?.data, json: run.json };
}

/** One undo takes back all that the import did, and one more does all of it again. */
async function takeBackAndAgain(
  fixture: EnvironmentFixture,
  env: Readonly<Record<string, string>>,
) {
  const { kept, copy } = sidesOf(fixture, "story");
  const look = async () => ({
    manifest: await Deno.readTextFile(fixture.environment.manifest),
    sides: await Promise.all([kept, copy].map((path) => Deno.readTextFile(path).catch(() => ""))),
    packs: [...Deno.readDirSync(fixture.environment.customNodes)].map(({ name }) => name)
      .filter((name) => name.startsWith("pack-")).sort(),
  });
  const after = await look();
  deepEqual(after.packs, ["pack-one", "pack-two"]);
  const told = (await line(env, "undo", "--dry-run")).data;
  const { data } = await line(env, "undo");
  const { command, parts } = data as { command: string; parts: string[] };
  equal(command, "workflow import");
  deepEqual(parts, ["workflow import", "node add", "workflow resolve"]);
  deepEqual({ ...told as object, dry_run: false }, data);
  const { manifest, sides, packs } = await look();
  deepEqual([sides, packs, /story|pack-|there/.test(manifest)], [["", ""], [], false]);
  equal((await line(env, "undo")).code, 0);
  deepEqual(await look(), after);
}

async function prepare(fixture: EnvironmentFixture, url: string): Promise<string> {
  const { workspace, root } = fixture;
  await Deno.mkdir(join(workspace.defaultModels, "loras"), { recursive: true });
  await Deno.writeFile(join(workspace.defaultModels, "loras", "other.safetensors"), HERE);
  const file = join(root, "flow.json");
  await Deno.writeTextFile(file, workflow(url));
  return file;
}

Deno.test("a workflow from elsewhere is imported with flags only, runs, and is kept in step on both sides", async () => {
  await using registry = startPackRegistry(
    { id: "pack-one", version: "1.0.0" },
    { id: "pack-two", version: "1.0.0" },
  );
  await using models = serveFile(() => ({ bytes: THERE, etag: '"1"' }));
  await withEnvironment(async (fixture) => {
    const { root, workspace, cli, environment } = fixture;
    const file = await prepare(fixture, models.url);
    const mappings = join(root, "published.json");
    const known = new MappingsBuilder().withPackage("pack-one").withPackage("pack-two")
      .withNode(classOf("pack-two"), ["pack-two"]);
    await writeMappings(mappings, known.build());
    const env = { ...await packVariables(fixture, registry), COMFYDOCK_MAPPINGS_URL: mappings };

    equal((await line(env, "model", "scan")).code, 0);
    const dry = await line(env, "workflow", "import", file, "--as", "story", "--dry-run");
    equal(dry.code, 0);
    const { code, json } = await line(
      env,
      "workflow",
      "import",
      file,
      "--as",
      "story",
      "--install",
      "--download",
    );
    equal(code, 1, JSON.stringify(json));
    const { needs } = json?.data as {
      needs: { classes: { outcome: string }[]; models: { value: string; outcome: string }[] };
    };
    deepEqual(needs.classes.map(({ outcome }) => outcome), ["installed", "installed"]);
    deepEqual(needs.models.map(({ value, outcome }) => [value, outcome]), [
      ["other.safetensors", "local"],
      ["sub/there.safetensors", "local"],
      ["unknown.safetensors", "unknown"],
    ]);
    const { kept, copy } = sidesOf(fixture, "story");
    const text = await Deno.readTextFile(copy);
    match(text, /"other\.safetensors",1\.0|"other\.safetensors",1/);
    equal(await Deno.readTextFile(kept), text);
    deepEqual(
      await Deno.readFile(join(workspace.defaultModels, "loras", "sub", "there.safetensors")),
      THERE,
    );

    await takeBackAndAgain(fixture, env);

    const run = await cli(["run", "--detach", "--wait", "--port", "auto", "--json"], env);
    equal(run.code, 0, run.stderr);
    const { port } = run.json?.data as { port: number };
    const names = Object.keys(await (await fetch(`http://127.0.0.1:${port}/object_info`)).json());
    equal((await cli(["stop"], env)).code, 0);
    deepEqual([1, 2].map((at) => names.includes(classOf(["", "pack-one", "pack-two"][at]!))), [
      true,
      true,
    ]);

    const manifest = await Deno.readTextFile(environment.manifest);
    match(manifest, /nodes = \["pack-one", "pack-two"\]/);
    await Deno.writeTextFile(copy, text.replace('"version":0.4', '"version":0.4,"extra":{}'));
    equal((await line(env, "workflow", "sync")).code, 0);
    equal(await Deno.readTextFile(kept), await Deno.readTextFile(copy));
    await Deno.writeTextFile(copy, text);
    await Deno.writeTextFile(kept, text.replace('"links":[]', '"links":[null]'));
    const refused = await line(env, "workflow", "sync");
    deepEqual([refused.code, refused.json?.error?.code], [5, "WORKFLOW_CONFLICT"]);
    equal((await line(env, "workflow", "sync", "--strategy", "theirs")).code, 0);
    deepEqual([await Deno.readTextFile(kept), await Deno.readTextFile(copy)], [text, text]);
    const trash = await line(env, "trash", "list");
    equal((trash.data as { entries: unknown[] }).entries.length, 2);

    const solved = await line(
      env,
      "workflow",
      "resolve",
      "story",
      "--without-model",
      "unknown.safetensors",
    );
    equal(solved.code, 0, JSON.stringify(solved.json));
  });
});
