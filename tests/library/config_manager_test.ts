import assert from "node:assert/strict";
import { ConfigManager, workspace as room, WorkspaceManager } from "../../mod.ts";
import { withNewWorkspace } from "../support/library_scene.ts";

Deno.test("settings of a workspace and of its user are kept apart, and the workspace's win", async () => {
  await withNewWorkspace(async (workspace) => {
    const config = new ConfigManager(workspace);
    await config.setUserConfig("torch_backend", "cpu");
    await config.setUserConfig("default_python", "3.11");
    await config.setWorkspaceConfig("torch_backend", "none");
    assert.deepEqual(await config.getUserConfig(), {
      torch_backend: "cpu",
      default_python: "3.11",
    });
    assert.deepEqual(await config.getWorkspaceConfig(), { torch_backend: "none" });
    const holds = await workspace.getConfig();
    assert.equal(room.configValue(holds, "torch_backend"), "none");
    assert.equal(room.configValue(holds, "default_python"), "3.11");
    await workspace.updateConfig({ torch_backend: undefined });
    assert.equal(room.configValue(await workspace.getConfig(), "torch_backend"), "cpu");
    await assert.rejects(config.setWorkspaceConfig("torch", "cpu"), { code: "CONFIG_KEY_UNKNOWN" });
  });
});

Deno.test("tokens are stored for the user alone, and told masked", async () => {
  await withNewWorkspace(async (workspace) => {
    const config = new ConfigManager(workspace);
    assert.deepEqual(await config.getApiKeys(), []);
    await config.setApiKey("huggingface", "hf_0123456789abcdefgh");
    const [key, ...others] = await config.getApiKeys();
    assert.deepEqual([key?.service, key?.masked, others], ["huggingface", "****efgh", []]);
    assert.ok(!JSON.stringify(await config.getWorkspaceConfig()).includes("abcd"));
    await config.setApiKey("huggingface", undefined);
    assert.deepEqual(await config.getApiKeys(), []);
  });
});

Deno.test("a workspace is made once and opened where it is", async () => {
  await withNewWorkspace(async ({ path, session: { env } }, directory) => {
    const again = await WorkspaceManager.create(path, { env });
    assert.equal(again.path, path);
    assert.equal((await (await WorkspaceManager.open(path, { env })).read()).layout.root, path);
    await assert.rejects(WorkspaceManager.open(`${directory}/none`), {
      code: "WORKSPACE_NOT_FOUND",
    });
  });
});
