import assert from "node:assert/strict";
import { join } from "node:path";
import type { AddData } from "../../../src/cli/models/manifest/add.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { serveFile } from "../../support/file_server.ts";
import { sampleModel } from "../../support/model_files.ts";
import { serveCivitai } from "../../support/model_hosts/civitai.ts";
import { serveHuggingFace } from "../../support/model_hosts/hugging_face.ts";
import { pathsBelow } from "../../support/node_world.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

const [OWN, FAR] = [sampleModel("own"), sampleModel("far away")];

/** Runs `model add` and gives its data, or the code of its error. */
async function add(
  { env, root }: EnvironmentFixture,
  hosts: Readonly<Record<string, string>>,
  ...argv: string[]
) {
  const home = join(root, "home");
  const own = { PATH: Deno.env.get("PATH") ?? "", HOME: home, COMFYDOCK_ENV: "demo" };
  const { json } = await runInProcess(["--json", "model", "add", ...argv], {
    env: { ...env, ...own, ...hosts },
  });
  await assertPublishedShape(json);
  return { data: json?.data as AddData, error: json?.error?.code };
}

Deno.test("model add --dry-run tells what would be linked, copied or fetched, from where, and how much", async () => {
  await using hub = serveHuggingFace([{ path: "o/r/loras/far.safetensors", bytes: FAR }]);
  await using civitai = serveCivitai([{
    id: 10,
    modelId: 1,
    files: [{ name: "ten.safetensors", bytes: FAR }],
  }]);
  const methods = new Set<string>();
  await using server = serveFile(({ method }) => {
    methods.add(method);
    return { bytes: FAR, etag: '"1"' };
  });
  const hosts = { HF_ENDPOINT: hub.url, CIVITAI_ENDPOINT: civitai.url };
  await withEnvironment(async (fixture) => {
    const { root, workspace: { defaultModels }, environment } = fixture;
    const own = join(root, "own.safetensors");
    await Deno.writeFile(own, OWN);
    const before = [await pathsBelow(defaultModels), await Deno.readTextFile(environment.manifest)];
    const plan = async (...argv: string[]) => {
      const { data, error } = await add(fixture, hosts, ...argv, "--dry-run");
      if (error !== undefined) return [error];
      const { placing, from, bytes, model } = data;
      return [placing, from, bytes, model.size];
    };
    const loras = ["--folder", "loras"];
    assert.deepEqual(await plan(own, ...loras), ["linked", own, null, OWN.length]);
    assert.deepEqual(await plan(own, ...loras, "--copy"), ["copied", own, null, OWN.length]);
    const far = "hf:o/r/loras/far.safetensors";
    assert.deepEqual(await plan(far), ["fetched", null, FAR.length, FAR.length]);
    const [placing, , bytes] = await plan("civitai:10");
    assert.ok(placing === "fetched" && Math.abs(Number(bytes) - FAR.length) < 1024);
    const plain = await plan(`${server.url}/plain.safetensors`, ...loras);
    assert.deepEqual(plain, ["fetched", null, FAR.length, null], "as its server says");
    assert.deepEqual(
      [await pathsBelow(defaultModels), await Deno.readTextFile(environment.manifest)],
      before,
    );
    assert.deepEqual([...methods], ["HEAD"]);

    const { data } = await add(fixture, hosts, far);
    assert.deepEqual([data.placing, data.bytes], ["fetched", FAR.length]);
    assert.deepEqual(await plan(far, "--as", "twin"), ["linked", data.path, null, FAR.length]);
    assert.deepEqual(await plan(far), ["present", null, null, FAR.length]);
    await Deno.writeFile(join(defaultModels, "loras", "other.safetensors"), OWN);
    assert.deepEqual(await plan(far, "--as", "other"), ["MODEL_OCCUPIED"]);
  });
});

Deno.test("model add takes nothing that is not named like a model, wherever it is, unless it gets such a name", async () => {
  await using server = serveFile(() => ({ bytes: OWN, etag: '"1"' }));
  await withEnvironment(async (fixture) => {
    const { root, workspace: { defaultModels }, environment } = fixture;
    const own = join(root, "own.txt");
    await Deno.writeFile(own, OWN);
    const inside = join(defaultModels, "loras", "own.zip");
    await Deno.mkdir(join(defaultModels, "loras"), { recursive: true });
    await Deno.writeFile(inside, OWN);
    const before = await Deno.readTextFile(environment.manifest);
    for (const source of [own, inside, `${server.url}/page.html`]) {
      const { error } = await add(fixture, {}, source, "--folder", "loras");
      assert.equal(error, "MODEL_NAMED_OTHERWISE", source);
    }
    assert.equal(server.requests.length, 0);
    assert.equal(await Deno.readTextFile(environment.manifest), before);
    const named = ["--folder", "loras", "--as", "right.safetensors"];
    const { data } = await add(fixture, {}, own, ...named);
    assert.equal(data.path, join(defaultModels, "loras", "right.safetensors"));
  });
});
