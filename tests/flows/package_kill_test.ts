import { join } from "node:path";
import {
  editEnvironment,
  type EnvironmentWorld,
  planRequirements,
  planTorch,
  type RequirementRequest,
} from "../../src/environment/mod.ts";
import { parseTorchIndex, readTorchBackends } from "../../src/pyproject/mod.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { killEverywhere } from "../support/kill_story.ts";
import { writeTorchWheels } from "../support/torch_wheels.ts";

const backends = await readTorchBackends();

const change = (request: RequirementRequest) => (world: EnvironmentWorld) =>
  editEnvironment(world, {
    command: "py",
    plan: (state) => planRequirements(state, request, world.environment.manifest),
  });

const add = change({ place: { kind: "project" }, add: ["six", "packaging<25"] });

Deno.test("py add that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["py", "add", "six", "packaging<25"],
      prepare: () => Promise.resolve(),
      act: add,
    })
  );
});

Deno.test("py remove that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["py", "remove", "six"],
      prepare: async ({ world }) => void await add(world()),
      act: change({ place: { kind: "project" }, remove: ["six"] }),
      // It goes the way of py add, where all points are tried.
      points: /^(environment:venv-filled|journal:(record|committed))/,
    })
  );
});

Deno.test({
  name: "torch set that is killed anywhere has happened or has not",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withEnvironment(async (fixture) => {
      const { root, environment } = fixture;
      const set = (backend: string) => (world: EnvironmentWorld) =>
        editEnvironment(world, {
          command: "torch set",
          plan: (state) => {
            const index = parseTorchIndex(join(root, backend));
            return planTorch(state, { backend, index }, backends, environment.manifest);
          },
        });
      await killEverywhere(fixture, {
        argv: ["torch", "set", "rocm6.4", "--torch-index", join(root, "rocm6.4")],
        async prepare({ world }) {
          for (const backend of ["cpu", "rocm6.4"]) {
            await writeTorchWheels(join(root, backend), backend);
          }
          const text = await Deno.readTextFile(environment.manifest);
          await Deno.writeTextFile(
            environment.manifest,
            text.replace("[tool.uv]\n", `[tool.uv]\nenvironments = ["sys_platform == 'linux'"]\n`),
          );
          await set("cpu")(world());
          await change({ place: { kind: "project" }, add: ["torch"] })(world());
        },
        act: set("rocm6.4"),
      });
    }),
});
