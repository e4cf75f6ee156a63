import assert from "node:assert/strict";
import { join } from "node:path";
import { createGit, createRunner } from "../../../src/tools/mod.ts";
import { makeSampleComfyUI } from "../../../src/demo/sample_comfyui/mod.ts";

const expected = {
  "v0.1.0": "1b3fb41",
  "v0.2.0": "2ac6dbb",
  main: "2ac6dbb",
  preview: "9fbe759",
};

async function inHome(config: string, run: (home: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(home, ".gitconfig"), config);
    await run(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

const configs: readonly { name: string; config: string }[] = [
  { name: "no settings", config: "" },
  {
    name: "settings of the user's that get in the way",
    config: "[user]\nname = Someone\n[commit]\ngpgSign = true\n[tag]\ngpgSign = true\n" +
      "[core]\nautocrlf = true\nhooksPath = /nowhere\n[init]\ndefaultBranch = trunk\n",
  },
];

for (const { name, config } of configs) {
  Deno.test(`the sample's commits have the same ids everywhere, with ${name}`, () =>
    inHome(config, async (home) => {
      const env = { ...Deno.env.toObject(), HOME: home, USERPROFILE: home };
      const runner = createRunner({ env });
      const directory = join(home, "sample");
      const sample = await makeSampleComfyUI(directory, runner);
      const git = createGit(runner);
      for (const [ref, commit] of Object.entries(expected)) {
        assert.ok((await git.resolve(directory, ref))?.startsWith(commit), ref);
      }
      const { branch, entries } = await git.status(directory);
      assert.deepEqual({ branch, entries }, { branch: "main", entries: [] });
      assert.deepEqual(sample, {
        directory,
        releases: ["v0.1.0", "v0.2.0"],
        branches: ["main", "preview"],
      });
      const differences = await git.differences(directory, "v0.1.0", "v0.2.0");
      assert.deepEqual(differences.map(({ path }) => path), [
        "comfyui_version.py",
        "nodes.py",
        "pyproject.toml",
        "requirements.txt",
      ]);
    }));
}
