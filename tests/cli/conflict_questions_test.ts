import { deepEqual, equal, match } from "node:assert/strict";
import { dirname, join } from "node:path";
import { createBranch, switchBranch } from "../../src/environment/branches/mod.ts";
import { addConstraint } from "../../src/pyproject/mod.ts";
import { exportAll, furnish } from "../support/bundle_scene.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { hasPty, type PtyRun, runInPty } from "../support/pty.ts";
import { put, textAt, track } from "../support/tracked_workflows.ts";
import { commitChange } from "../support/two_clones.ts";
import { sidesOf, workflowText } from "../support/workflow_files.ts";

const DOWN = "\u001b[B";
/** What stands before the answer that is selected. */
const CHOSEN = "\u001b[39m";
const COLOURS = new RegExp("\u001b\\[[0-9;?]*[a-zA-Z]", "g");

function plain({ output }: PtyRun): string {
  return output.replaceAll(COLOURS, "");
}

Deno.test({
  name:
    "workflow sync shows both sides of a conflict and asks: both are kept, one is left, or one counts",
  ignore: !hasPty,
  fn: () =>
    withEnvironment(async (fixture) => {
      const env = { ...fixture.env, COMFYDOCK_ENV: "demo" };
      await track(fixture, { cat: workflowText(1), dog: workflowText(1) });
      for (const name of ["cat", "dog"]) {
        const { kept, copy } = sidesOf(fixture, name);
        await put(kept, workflowText(2));
        await put(copy, workflowText(3));
      }
      const first = await runInPty(["workflow", "sync"], {
        env,
        size: [40, 120],
        steps: [
          { expect: '"cat" has changed on both sides', send: DOWN },
          { expect: `${CHOSEN} the version in .cec`, send: DOWN },
          { expect: `${CHOSEN} ComfyUI's, and`, send: "\r" },
          { expect: '"dog" has changed on both sides', send: `${DOWN}${DOWN}${DOWN}` },
          { expect: `${CHOSEN} neither for now`, send: "\r" },
        ],
      });
      deepEqual([first.code, first.stepsLeft], [5, 0], first.output);
      match(plain(first), /cat: from \.cec to ComfyUI\r?\n {2}~ 2 KSampler\r?\n.*: 2 → 3/);
      match(plain(first), /hint: .*--strategy theirs/s);
      const [cat, dog] = [sidesOf(fixture, "cat"), sidesOf(fixture, "dog")];
      const beside = join(dirname(cat.copy), "cat (ours).json");
      deepEqual(await Promise.all([cat.kept, cat.copy, beside, dog.kept, dog.copy].map(textAt)), [
        workflowText(3),
        workflowText(3),
        workflowText(2),
        workflowText(2),
        workflowText(3),
      ]);
    }),
});

Deno.test({
  name:
    "merge shows what each side has, asks which one counts, and merges nothing when neither does",
  ignore: !hasPty,
  fn: () =>
    withEnvironment(async (fixture) => {
      const env = { ...fixture.env, COMFYDOCK_ENV: "demo" };
      const world = fixture.world();
      const files = (seed: number) => ({ "workflows/cat.json": workflowText(seed) });
      await track(fixture, { cat: workflowText(1) });
      await createBranch(world, "try", {});
      await commitChange(world, "Ours", { edits: [addConstraint("idna>=3")], files: files(2) });
      const { branch: main } = (await switchBranch(world, { branch: "try" })).plan;
      equal(main, "try");
      await commitChange(world, "Theirs", { edits: [addConstraint("idna>=3.1")], files: files(3) });
      await switchBranch(world, { branch: "main" });
      const neither = await runInPty(["merge", "try"], {
        env,
        steps: [
          { expect: "changed the constraint idna", send: `${DOWN}${DOWN}` },
          { expect: `${CHOSEN} neither`, send: "\r" },
        ],
      });
      deepEqual([neither.code, neither.stepsLeft], [5, 0], neither.output);
      match(plain(neither), /here +comes in\r?\n.*\["idna>=3"\] +\["idna>=3\.1"\]/);
      match(plain(neither), /hint: .*--ours.*--theirs/s);
      const merged = await runInPty(["merge", "try"], {
        env,
        steps: [
          { expect: "changed the constraint idna", send: DOWN },
          { expect: `${CHOSEN} what comes in`, send: "\r" },
          { expect: "changed the workflow cat", send: "\r" },
        ],
      });
      deepEqual([merged.code, merged.stepsLeft], [0, 0], merged.output);
      match(plain(merged), /cat: from what is here to what comes in\r?\n {2}~ 2 KSampler/);
      match((await textAt(fixture.environment.manifest))!, /"idna>=3\.1"/);
      equal(await textAt(sidesOf(fixture, "cat").kept), workflowText(2));
    }),
});

Deno.test({
  name:
    "import asks for another name and about a model that is another file here, and shows what it will do",
  ignore: !hasPty,
  fn: () =>
    withEnvironment(async (fixture) => {
      const { root, source, workspace } = fixture;
      await furnish(fixture);
      const file = join(root, "demo.comfydock.tar.zst");
      await exportAll(fixture, file);
      const model = join(workspace.defaultModels, "checkpoints", "base.safetensors");
      await put(model, "another file");
      const line = ["import", file, "--comfyui-source", source];
      const asked = [
        { expect: "What shall the new environment be called?", send: "copy\r" },
        { expect: "is another file than the model base", send: "\r" },
      ];
      const declined = await runInPty(line, {
        env: fixture.env,
        steps: [...asked, { expect: "Import it?", send: "n" }],
      });
      deepEqual([declined.code, declined.stepsLeft], [0, 0], declined.output);
      match(plain(declined), /Would import copy from .*Node pack alpha 1\.0\.0 comes along/s);
      equal(
        await textAt(join(workspace.environments, "copy", ".cec", "pyproject.toml")),
        undefined,
      );
      const done = await runInPty(line, {
        env: fixture.env,
        steps: [...asked, { expect: "Import it?", send: "y" }],
      });
      deepEqual([done.code, done.stepsLeft], [0, 0], done.output);
      match(plain(done), /The model base is another file here, which is kept/);
      match(plain(done), /Imported copy at /);
      equal(await textAt(model), "another file");
      const refused = await fixture.cli([...line, "--name", "third"]);
      deepEqual([refused.code, /hint: .*--keep-models/.test(refused.stderr)], [5, true]);
    }),
});
