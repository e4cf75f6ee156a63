import assert from "node:assert/strict";
import { join } from "node:path";
import { loadSampleCorpus } from "../../../src/demo/sample_registry/mod.ts";
import { writeMappings } from "../../../src/mappings/mod.ts";
import type { FindData } from "../../../src/cli/nodes/find.ts";
import type { InfoData } from "../../../src/cli/nodes/info_data.ts";
import { withTempDir } from "../../support/alone.ts";
import { sceneMappings } from "../../support/package_scene.ts";
import { startRegistry, type TestRegistry } from "../../support/registry/mod.ts";
import type { CliRun } from "../../support/run_cli.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

interface Scene {
  readonly workspace: string;
  readonly registry: TestRegistry;
  run(...argv: string[]): Promise<CliRun>;
  data<Data>(...argv: string[]): Promise<Data>;
}

const MANIFEST = `[project]
name = "demo"
version = "0"

[tool.comfydock.nodes.lantern]
name = "Lantern"
source = "git"
repository = "git@example.com:sample/lantern-image-tools.git"
version = "1.9.0"
`;

async function withNodes(work: (scene: Scene) => Promise<void>): Promise<void> {
  await withTempDir(async (directory) => {
    const mappings = join(directory, "node_mappings.json");
    await writeMappings(mappings, sceneMappings);
    await using registry = startRegistry({ corpus: await loadSampleCorpus(), localArchives: true });
    const workspace = join(directory, "ws");
    const env = {
      COMFYDOCK_HOME: workspace,
      COMFYDOCK_REGISTRY_URL: registry.url,
      COMFYDOCK_MAPPINGS_URL: mappings,
      HOME: directory,
    };
    const run = (...argv: string[]) => runInProcess(argv, { env });
    const { code, stderr } = await run("init");
    assert.equal(code, 0, stderr);
    const cec = join(workspace, "environments", "demo", ".cec");
    await Deno.mkdir(cec, { recursive: true });
    await Deno.writeTextFile(join(cec, "pyproject.toml"), MANIFEST);
    await work({
      workspace,
      registry,
      run,
      async data<Data>(...argv: string[]) {
        const { json: envelope, stdout } = await run(...argv, "--json");
        await assertPublishedShape(envelope);
        assert.ok(envelope?.ok, stdout);
        return envelope.data as Data;
      },
    });
  });
}

Deno.test("node find answers from the index, marks what is installed and ends with 4 when nothing fits", async () => {
  await withNodes(async ({ run, data, registry }) => {
    const found = await data<FindData>("node", "find", "lantern", "-e", "demo");
    assert.deepEqual(
      found.hits.map(({ id, installed, matched }) => ({ id, installed, matched })),
      [
        { id: "manager_someone_nodes", installed: true, matched: "name" },
        { id: "only-indexed", installed: false, matched: "class Lantern Blur" },
      ],
    );
    const typo = await run("node", "find", "harbour", "-e", "demo");
    assert.match(typo.stdout, /^Nothing has these words; searched for "harbor"\nharbor-loaders 1/);
    const nothing = await run("node", "find", "qqqqqq");
    assert.equal(nothing.code, 4);
    assert.match(nothing.stderr, /Cannot find a node pack for "qqqqqq"/);
    assert.equal(registry.counters().total, 0);
  });
});

Deno.test("node find works without a workspace, and with a manifest that cannot be read", async () => {
  await withNodes(async ({ run, workspace }) => {
    const manifest = join(workspace, "environments", "demo", ".cec", "pyproject.toml");
    await Deno.writeTextFile(manifest, "not = = toml");
    const broken = await run("node", "find", "harbor", "-e", "demo");
    assert.equal(broken.code, 0);
    assert.match(broken.stderr, /what is installed is not shown/);
    assert.equal((await run("node", "find", "harbor", "-w", join(workspace, "none"))).code, 0);
    assert.equal((await run("node", "find", "harbor", "-e", "nosuch")).code, 4);
  });
});

Deno.test("node info tells versions, classes, rivals and what is installed", async () => {
  await withNodes(async ({ run, data }) => {
    const info = await data<InfoData>("node", "info", "lantern-image-tools", "-e", "demo");
    assert.deepEqual([info.version, info.versions.length, info.from], ["1.10.0", 7, "network"]);
    assert.deepEqual(info.classes, ["Lantern Blur"]);
    assert.deepEqual(info.rivals, [{ id: "only-indexed", classes: ["Lantern Blur"] }]);
    assert.deepEqual(info.installed, { environment: "demo", id: "lantern", version: "1.9.0" });
    assert.equal(info.findings, undefined);
    const { stdout } = await run("node", "info", "lantern-image-tools", "-e", "demo");
    assert.match(stdout, /^lantern-image-tools 1\.10\.0/);
    assert.match(stdout, /installed +in demo in version 1\.9\.0/);
    assert.match(stdout, /1\.9\.1 .* flagged\n/);
    const byUrl = "https://example.com/sample/lantern-image-tools";
    assert.equal((await data<InfoData>("node", "info", byUrl)).id, "manager_someone_nodes");
    const named = await data<InfoData>("node", "info", "lantern-image-tools@1.2.0");
    assert.equal(named.version, "1.2.0");
  });
});

Deno.test("node info ends with 4 and the nearest names for what nobody knows", async () => {
  await withNodes(async ({ run }) => {
    for (const id of ["harbor-loader", "harbor-loaders@9.9.9", "https://example.com/harbor/x"]) {
      const { code, stderr } = await run("node", "info", id);
      assert.equal(code, 4, id);
      assert.match(stderr, /Cannot find/);
    }
    const near = await run("node", "info", "harbor-lodaers");
    assert.match(near.stderr, /Did you mean harbor-loaders\?/);
  });
});

Deno.test("node info works offline from what was kept", async () => {
  await withNodes(async ({ data, run, registry }) => {
    await data<InfoData>("node", "info", "reel-video");
    const { total } = registry.counters();
    const again = await data<InfoData>("node", "info", "reel-video", "--offline");
    assert.deepEqual([again.from, again.versions.length], ["cache", 3]);
    assert.equal((await run("cache", "clean", "api", "-y")).code, 0);
    const unknown = await run("node", "info", "reel-video", "--offline");
    assert.equal(unknown.code, 4);
    assert.match(unknown.stderr, /without the network: neither the node index nor a kept answer/);
    assert.match(unknown.stderr, /hint: .*node info reel-video once without --offline/);
    assert.equal(registry.counters().total, total);
  });
});

Deno.test("node info --validate checks the archive, and ends with 1 and its findings", async () => {
  await withNodes(async ({ run, data, workspace }) => {
    const sound = await data<InfoData>("node", "info", "lantern-image-tools", "--validate");
    assert.deepEqual(sound.findings, []);
    const dead = await run("node", "info", "old-mill-upscale", "--validate", "--json");
    assert.equal(dead.code, 1);
    assert.match(dead.stdout, /NODE_PACK_INVALID.*PACK_NO_LIVE_VERSION/);
    assert.deepEqual([...Deno.readDirSync(join(workspace, "comfydock_cache", "downloads"))], []);
  });
});

Deno.test("registry lookup, search and stats ask the workspace's published mappings", async () => {
  await withNodes(async ({ run, data }) => {
    assert.equal((await run("registry", "lookup", "Lantern Blur")).code, 4);
    await run("node", "find", "lantern");
    const { stdout } = await run("registry", "lookup", "Lantern Blur");
    assert.match(stdout, /1\. manager_someone_nodes\b[^]*2\. only-indexed 1\.0\.0/);
    const { hits } = await data<{ hits: readonly { id: string }[] }>(
      "registry",
      "search",
      "harbor",
    );
    assert.deepEqual(hits.map(({ id }) => id), ["harbor-loaders"]);
    const { totals } = await data<{ totals: { packages: number } }>("registry", "stats");
    assert.equal(totals.packages, 3);
    assert.equal((await run("registry", "lookup", "Lantern Blur", "-w", "/nowhere")).code, 4);
  });
});
