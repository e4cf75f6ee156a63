import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { listTrash } from "../../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { hasPty, runInPty } from "../../support/pty.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { saveInComfyUI, workflowText } from "../../support/workflow_files.ts";

const MINE = "what somebody wrote";

async function prepare(fixture: EnvironmentFixture, name: string) {
  await saveInComfyUI(fixture, "flow", workflowText(1));
  const output = join(fixture.root, name);
  const env = { ...fixture.env, COMFYDOCK_ENV: "demo" };
  const run = (...argv: string[]) => runInProcess([...argv, "--offline"], { env });
  return { output, env, run, trash: () => listTrash(fixture.workspace) };
}

Deno.test("export replaces no file unless it is told to, and the trash has the old one", () =>
  withEnvironment(async (fixture) => {
    const { output, run, trash } = await prepare(fixture, "mine.json");
    const before = (await trash()).length;
    await Deno.writeTextFile(output, MINE);
    const refused = await run("workflow", "export", "flow", "-o", output);
    equal(refused.code, 2);
    match(refused.stderr, /Replace .*mine\.json\?.*\n\s*hint: Answer with --yes/s);
    equal(await Deno.readTextFile(output), MINE);

    equal((await run("workflow", "export", "flow", "-o", output, "-y")).code, 0);
    const written = await Deno.readTextFile(output);
    match(written, /VAELoader/);
    const added = (await trash()).slice(0, (await trash()).length - before);
    deepEqual(added.map(({ command }) => command), ["workflow export"]);

    equal((await run("workflow", "export", "flow", "-o", output)).code, 0);
    equal(await Deno.readTextFile(output), written);
  }));

Deno.test("a drawing is drawn again, one that somebody has worked on is not replaced", () =>
  withEnvironment(async (fixture) => {
    const { output, run, trash } = await prepare(fixture, "flow.svg");
    const before = (await trash()).length;
    const draw = () => run("workflow", "inspect", "flow", "--svg", output);
    equal((await draw()).code, 0);
    await saveInComfyUI(fixture, "flow", workflowText(1).replace("KSampler", "Other"));
    equal((await draw()).code, 0);
    const drawn = await Deno.readTextFile(output);
    match(drawn, /Other/);
    await Deno.writeTextFile(output, drawn.replace("Other", "My other"));
    equal((await draw()).code, 2);
    match(await Deno.readTextFile(output), /My other/);
    equal((await trash()).length, before);
  }));

Deno.test({
  name: "on a terminal export asks, and no means no",
  ignore: !hasPty,
  fn: () =>
    withEnvironment(async (fixture) => {
      const { output, env } = await prepare(fixture, "mine.json");
      await Deno.writeTextFile(output, MINE);
      const ask = (send: string) =>
        runInPty(["workflow", "export", "flow", "-o", output, "--offline"], {
          env,
          size: [24, 200],
          steps: [{ expect: "mine.json?", send }],
        });
      const { code, output: told } = await ask("n");
      equal(code, 5, told);
      match(told, /Name another one with -o FILE/);
      equal(await Deno.readTextFile(output), MINE);
      equal((await ask("y")).code, 0);
      match(await Deno.readTextFile(output), /VAELoader/);
    }),
});
