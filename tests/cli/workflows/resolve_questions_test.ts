import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { writeMappings } from "../../../src/mappings/mod.ts";
import { readManifest } from "../../../src/pyproject/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { MappingsBuilder } from "../../support/mappings_builder.ts";
import { sampleModel } from "../../support/model_files.ts";
import { hasPty, runInPty } from "../../support/pty.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { saveInComfyUI, sidesOf } from "../../support/workflow_files.ts";

const DOWN = "\u001b[B";
const ADDRESS = "http://localhost:1/typed.safetensors";
const NODES = ["Contested", "Qzx", "Typed", "Spare", "Later"];
const MODELS = ["near.safetensors", "qzq.safetensors", "vvv.safetensors", "www.safetensors"];

/** An environment with a workflow of which nothing is known, an index with packs for it, and two models. */
async function prepare(fixture: EnvironmentFixture): Promise<Record<string, string>> {
  const { root, workspace, env } = fixture;
  const mappings = join(root, "published.json");
  const known = new MappingsBuilder().withPackage("alpha").withPackage("beta").withPackage("delta")
    .withNode("Contested", ["alpha", "beta"]);
  await writeMappings(mappings, known.build());
  const loras = join(workspace.defaultModels, "loras");
  await Deno.mkdir(loras, { recursive: true });
  await Deno.writeFile(join(loras, "near_v2.safetensors"), sampleModel("near"));
  await Deno.writeFile(join(loras, "sought.safetensors"), sampleModel("sought"));
  await Deno.writeFile(join(root, "outside.safetensors"), sampleModel("outside"));
  const nodes = [
    ...NODES.map((type, at) => ({ id: at + 1, type })),
    ...MODELS.map((name, at) => ({
      id: at + 10,
      type: "LoraLoader",
      widgets_values: [name, 1, 1],
    })),
  ];
  await saveInComfyUI(fixture, "flow", JSON.stringify({ nodes, links: [], version: 0.4 }));
  const variables = { ...env, COMFYDOCK_ENV: "demo", COMFYDOCK_MAPPINGS_URL: mappings };
  equal((await runInProcess(["model", "scan"], { env: variables })).code, 0);
  return variables;
}

Deno.test({
  name:
    "questions of workflow resolve are answered by choosing, searching, typing, doing without, and not at all",
  ignore: !hasPty,
  fn: () =>
    withEnvironment(async (fixture) => {
      const env = await prepare(fixture);
      const asked = (name: string, send: string) => ({ expect: `"${name}"?`, send });
      const run = await runInPty(["workflow", "resolve", "flow", "--offline"], {
        size: [40, 120],
        env,
        steps: [
          asked("Contested", DOWN),
          { expect: "beta", send: "\r" },
          asked("Qzx", "\r"),
          { expect: "Words to look for", send: "delta\r" },
          asked("Qzx", "\r"),
          asked("Typed", DOWN),
          { expect: "another one", send: "\r" },
          { expect: "The id of a pack", send: "gamma\r" },
          asked("Spare", `${DOWN}${DOWN}`),
          { expect: "do without it", send: "\r" },
          asked("Later", `${DOWN}${DOWN}${DOWN}`),
          { expect: "leave it open", send: "\r" },
          asked("near.safetensors", "\r"),
          asked("qzq.safetensors", "\r"),
          { expect: "Words to look for", send: "nowhere\r" },
          { expect: 'Nothing has "nowhere"', send: "\r" },
          { expect: "Words to look for", send: "sought\r" },
          asked("qzq.safetensors", "\r"),
          asked("vvv.safetensors", DOWN),
          { expect: "another one", send: "\r" },
          { expect: "A URL", send: `${ADDRESS}\r` },
          asked("www.safetensors", DOWN),
          { expect: "another one", send: "\r" },
          { expect: "A URL", send: `${join(fixture.root, "outside.safetensors")}\r` },
        ],
      });
      deepEqual([run.timedOut, run.stepsLeft, run.code], [false, 0, 1], run.output);
      match(run.output, /Later/);

      const { manifest } = fixture.environment;
      const { tables } = readManifest(await Deno.readTextFile(manifest), manifest);
      const { comfydock } = tables.tool as { comfydock: { resolution: { nodes: unknown } } };
      deepEqual(
        { ...comfydock.resolution.nodes as object },
        { Contested: "beta", Qzx: "delta", Typed: "gamma", Spare: false },
      );
      const { copy } = sidesOf(fixture, "flow");
      const { nodes } = JSON.parse(await Deno.readTextFile(copy));
      const names = nodes.flatMap((node: { widgets_values?: unknown[] }) =>
        node.widgets_values?.[0] ?? []
      );
      deepEqual(names, [
        "near_v2.safetensors",
        "sought.safetensors",
        "vvv.safetensors",
        "www.safetensors",
      ]);
    }),
});
