import assert from "node:assert/strict";
import { join } from "node:path";
import {
  editEnvironment,
  type EnvironmentWorld,
  planRequirements,
  planTorch,
  readEnvironmentState,
  readInstalled,
  readLockPackages,
} from "../../../src/environment/mod.ts";
import { parseTorchIndex, readTorchBackends } from "../../../src/pyproject/mod.ts";
import {
  type EnvironmentFixture,
  withEmptyWorkspace,
  withEnvironment,
} from "../../support/environment_fixture.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { withStubs } from "../../support/stub_programs.ts";
import { withWheelServer, writeTorchWheels } from "../../support/torch_wheels.ts";

// The builds of most backends are for Linux, and what uv locks for macOS would come from the network.
const ignore = Deno.build.os !== "linux";
const backends = await readTorchBackends();

const BACKENDS: readonly (readonly [backend: string, companion?: string])[] = [
  ["cpu"],
  ["cu118"],
  ["cu128"],
  ["cu130"],
  ["rocm6.4", "pytorch-triton-rocm"],
  ["xpu", "triton-xpu"],
];

async function setTorch(world: EnvironmentWorld, backend: string, url?: string) {
  const index = url === undefined ? undefined : parseTorchIndex(url);
  return await editEnvironment(world, {
    command: "torch set",
    plan: (state) => planTorch(state, { backend, index }, backends, world.environment.manifest),
  });
}

/** Lets the lock be for Linux alone, and lets the environment ask for torch. */
async function askForTorch({ environment, world }: EnvironmentFixture, index: string) {
  const text = await Deno.readTextFile(environment.manifest);
  await Deno.writeTextFile(
    environment.manifest,
    text.replace("[tool.uv]\n", `[tool.uv]\nenvironments = ["sys_platform == 'linux'"]\n`),
  );
  await setTorch(world(), "cpu", index);
  await editEnvironment(world(), {
    command: "py add",
    plan: (state) =>
      planRequirements(
        state,
        { place: { kind: "project" }, add: ["torch", "torchvision"] },
        environment.manifest,
      ),
  });
}

Deno.test({
  name:
    "torch set locks and installs the builds of every backend, from a directory and from a server",
  ignore,
  fn: () =>
    withEnvironment(async (fixture) => {
      const { root, world, environment } = fixture;
      for (const [backend] of BACKENDS) await writeTorchWheels(join(root, backend), backend);
      await askForTorch(fixture, join(root, "cpu"));
      for (const [at, [backend, companion]] of BACKENDS.entries()) {
        const check = async (index: string) => {
          await setTorch(world(), backend, index);
          const { lockText, manifest } = await readEnvironmentState(world());
          const wanted = `2.8.0+${backend}`;
          assert.deepEqual(readLockPackages(lockText).get("torch"), [wanted], backend);
          const installed = await readInstalled(environment.venv);
          assert.equal(installed?.torch, wanted);
          assert.equal(installed?.torchvision, `0.23.0+${backend}`);
          assert.equal(installed?.[companion ?? "torch"], companion ? "3.4.0" : wanted);
          assert.equal(manifest.environment.torchBackend, backend);
          const extra = ["pytorch-triton-rocm", "triton-xpu"].filter((name) => name !== companion);
          for (const name of extra) assert.equal(installed?.[name], undefined, backend);
        };
        if (at % 2 === 0) await check(join(root, backend));
        else await withWheelServer(join(root, backend), ({ url }) => check(url));
      }
    }),
});

Deno.test({
  name:
    "torch set to a build that the index does not have changes nothing, and none goes back to the default index",
  ignore,
  fn: () =>
    withEnvironment(async (fixture) => {
      const { root, world, environment, cli } = fixture;
      await writeTorchWheels(join(root, "cpu"), "cpu");
      await askForTorch(fixture, join(root, "cpu"));
      const before = await readEnvironmentState(world());
      await Deno.mkdir(join(root, "empty"));
      const words = ["torch", "set", "cu128", "--torch-index", join(root, "empty"), "--json"];
      const { code, json } = await cli(words);
      assert.deepEqual([code, json?.error?.code], [4, "PACKAGE_NOT_FOUND"]);
      assert.match(json?.error?.message ?? "", /"torch.*"/);
      assert.deepEqual(await readEnvironmentState(world()), before);
      assert.equal((await readInstalled(environment.venv))?.torch, "2.8.0+cpu");
      const plan = planTorch(before, { backend: "none" }, backends, environment.manifest);
      assert.deepEqual(plan.before, { backend: "cpu", index: join(root, "cpu") });
      assert.deepEqual(plan.after, { backend: "none", index: undefined });
      assert.doesNotMatch(plan.manifestText, /pytorch-cpu|tool\.uv\.index/);
    }),
});

Deno.test({
  name: "create takes a backend and an index of one's own, and py add then installs its builds",
  ignore,
  fn: () =>
    withEmptyWorkspace(async ({ cli, root, source, environment, world }) => {
      await writeTorchWheels(join(root, "wheels"), "cu128");
      const words = ["--torch-backend", "cu128", "--torch-index", "wheels"];
      const made = await cli(["create", "demo", "--comfyui-source", source, ...words]);
      assert.equal(made.code, 0, made.stderr);
      const added = await cli(["py", "add", "torch; sys_platform == 'linux'"]);
      assert.equal(added.code, 0, added.stderr);
      assert.equal((await readInstalled(environment.venv))?.torch, "2.8.0+cu128");
      const { manifest } = await readEnvironmentState(world());
      assert.equal(manifest.uv.indexes[0]?.url, join(root, "wheels"));
    }),
});

const SMI = {
  "nvidia-smi": {
    "": "| NVIDIA-SMI 570.86.15   Driver Version: 570.86.15   CUDA Version: 12.8     |",
    "--query-gpu=name,compute_cap --format=csv,noheader": "NVIDIA GeForce RTX 4090, 8.9",
  },
};

const ROCMINFO = {
  rocminfo: {
    "*": "*******\nAgent 1\n*******\n  Name:                    gfx1100\n" +
      "  Device Type:             GPU\n",
  },
  "amd-smi": { version: "AMDSMI Tool: 25.3.0 | ROCm version: 6.4.1" },
};

for (
  const [name, stubs, expected] of [["nvidia-smi", SMI, "cu128"], [
    "rocminfo",
    ROCMINFO,
    "rocm6.4",
  ]] as const
) {
  Deno.test({
    name: `torch set auto takes what ${name} tells, and torch detect tells the same`,
    ignore,
    fn: () =>
      withStubs(stubs, ({ PATH }) =>
        withEnvironment(async ({ cli, env, root }) => {
          const path = `${PATH}:${env.PATH ?? Deno.env.get("PATH")}`;
          const detected = await cli(["torch", "detect", "--json"], { PATH: path });
          await assertPublishedShape(detected.json);
          assert.equal((detected.json?.data as { backend: string }).backend, expected);
          await writeTorchWheels(join(root, "wheels"), expected);
          // A relative path starts from where the command runs, not from the manifest.
          const words = ["torch", "set", "auto", "--torch-index", "wheels", "--json"];
          const { json, stderr } = await cli(words, { PATH: path });
          await assertPublishedShape(json);
          const data = json?.data as { after: { backend: string }; evidence: unknown[] };
          assert.equal(data?.after.backend, expected, stderr);
          assert.ok(data.evidence.length > 0);
          const shown = await cli(["torch", "show", "--json"]);
          await assertPublishedShape(shown.json);
          const { backend, index } = shown.json?.data as Record<string, string>;
          assert.deepEqual([backend, index], [expected, join(root, "wheels")]);
        })),
  });
}
