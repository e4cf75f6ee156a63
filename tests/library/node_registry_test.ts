import assert from "node:assert/strict";
import { join } from "node:path";
import { NodeRegistry } from "../../mod.ts";
import { writeMappings } from "../../src/mappings/mod.ts";
import { withNewWorkspace } from "../support/library_scene.ts";
import { startPackRegistry } from "../support/node_packs.ts";
import { sceneMappings } from "../support/package_scene.ts";

Deno.test("node packs are found, looked at, checked and fetched without an environment", async () => {
  const requirements = ["numpy>=1.26"];
  await using registry = startPackRegistry({ id: "alpha", version: "1.0.0", requirements });
  const mappings = await Deno.makeTempFile();
  await writeMappings(mappings, sceneMappings);
  const variables = { COMFYDOCK_REGISTRY_URL: registry.url, COMFYDOCK_MAPPINGS_URL: mappings };
  await withNewWorkspace(async (workspace, directory) => {
    const nodes = new NodeRegistry(workspace);
    const found = await nodes.searchNodes("lantern", 1);
    assert.equal(found.length, 1);
    const alpha = await nodes.getNode("alpha");
    assert.ok(alpha.source === "registry" && alpha.version === "1.0.0", JSON.stringify(alpha));
    assert.deepEqual(await nodes.getNodeRequirements(alpha), requirements);
    const target = join(directory, "alpha");
    const { treeSha256 } = await nodes.downloadNode(alpha, target);
    assert.match(`${treeSha256}`, /^[0-9a-f]{64}$/);
    assert.match(await Deno.readTextFile(join(target, "pyproject.toml")), /name = "alpha"/);
    const local = await nodes.getNode(target, true);
    assert.equal(local.source, "development");
    const findings = await nodes.validateNode("alpha@1.0.0");
    assert.deepEqual(findings.filter(({ severity }) => severity === "error"), []);
    await assert.rejects(nodes.validateNode("nobody-has-this"), { code: "NODE_PACK_NOT_FOUND" });
  }, variables);
  await Deno.remove(mappings);
});
