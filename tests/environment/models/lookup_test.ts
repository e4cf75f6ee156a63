import assert from "node:assert/strict";
import { join } from "node:path";
import type { SourceLookupData } from "../../../src/cli/models/manifest/source_lookup.ts";
import { readManifest } from "../../../src/pyproject/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { sampleModel } from "../../support/model_files.ts";
import { serveCivitai } from "../../support/model_hosts/civitai.ts";
import { sha256 } from "../../support/model_hosts/hugging_face.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

const [HELD, HERE, ELSEWHERE] = ["held", "here", "elsewhere"].map((name) => sampleModel(name));

function versionOf(id: number, bytes: Uint8Array<ArrayBuffer>) {
  return { id, modelId: 1, files: [{ name: `${id}.safetensors`, bytes, etag: `"${id}"` }] };
}

async function run(fixture: EnvironmentFixture, url: string, argv: readonly string[]) {
  const env = {
    ...fixture.env,
    PATH: Deno.env.get("PATH") ?? "",
    HOME: join(fixture.root, "home"),
    COMFYDOCK_ENV: "demo",
    COMFYDOCK_JSON: "1",
    CIVITAI_ENDPOINT: url,
  };
  const done = await runInProcess(["model", ...argv], { env });
  if (done.json?.data) await assertPublishedShape(done.json);
  return { code: done.code, error: done.json?.error, data: done.json?.data as SourceLookupData };
}

Deno.test("model source lookup asks CivitAI once for all models, notes what it has, and needs no network again", async () => {
  await using server = serveCivitai([versionOf(10, HELD!), versionOf(11, HERE!)]);
  await withEnvironment(async (fixture) => {
    const { environment, workspace } = fixture;
    const entries = [["held", sha256(HELD!)], ["none", "ab".repeat(32)], ["bare", undefined]];
    const text = entries.map(([key, digest]) =>
      `\n[tool.comfydock.models.${key}]\nname = "${key}"\n` +
      (digest === undefined ? "" : `sha256 = "${digest}"\n`)
    );
    await Deno.writeTextFile(environment.manifest, text.join(""), { append: true });
    assert.equal((await fixture.cli(["commit", "-m", "models"])).code, 0);
    await Deno.writeFile(join(workspace.defaultModels, "here.safetensors"), HERE!);
    await Deno.writeFile(join(workspace.defaultModels, "other.safetensors"), ELSEWHERE!);
    await run(fixture, server.url, ["scan", "--sha256"]);

    const lookup = (...more: string[]) => run(fixture, server.url, ["source", "lookup", ...more]);
    const before = await Deno.readTextFile(environment.manifest);
    const planned = await lookup("--dry-run");
    assert.deepEqual(
      planned.data.models.map(({ key, outcome, source }) => [key, outcome, source]),
      [
        ["held", "found", "civitai:10"],
        ["none", "nowhere", null],
        ["bare", "no-digest", null],
      ],
    );
    assert.equal(await Deno.readTextFile(environment.manifest), before);
    assert.equal(server.site.requests.length, 1);

    const all = await lookup("--all");
    assert.deepEqual(
      all.data.models.slice(3).map(({ key, name, outcome }) => [key, name, outcome]),
      [[null, "here.safetensors", "found"], [null, "other.safetensors", "nowhere"]],
    );
    assert.deepEqual([all.data.changed, typeof all.data.commit], [["held"], "string"]);
    const { models } = readManifest(await Deno.readTextFile(environment.manifest), "m");
    assert.deepEqual(models.held?.sources, [{ type: "civitai", modelId: "1", versionId: "10" }]);
    const info = await run(fixture, server.url, ["info", "here.safetensors"]);
    assert.match(JSON.stringify(info.data), /civitai:11/);

    const asked = server.site.requests.length;
    const again = await lookup("none", "held", "--offline");
    assert.deepEqual(again.data.models.map(({ outcome }) => outcome), ["nowhere", "found"]);
    assert.equal(server.site.requests.length, asked);
    await run(fixture, server.url, ["source", "remove", "held", "1"]);
    const cleaned = await runInProcess(["cache", "clean", "api", "-y"], { env: fixture.env });
    assert.equal(cleaned.code, 0);
    const cut = await lookup("held", "--offline");
    assert.deepEqual([cut.code, cut.error?.code], [6, "NETWORK_OFFLINE"]);
  });
});
