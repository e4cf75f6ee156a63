import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { venvPython } from "../../src/environment/mod.ts";
import { environmentLayout, workspaceLayout } from "../../src/workspace/mod.ts";
import { builtBinary } from "../support/built_binary.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { sampleModel } from "../support/model_files.ts";
import { startPackRegistry } from "../support/node_packs.ts";
import { addModels, linesOn, writePack } from "../support/share_world.ts";
import { track } from "../support/tracked_workflows.ts";
import { uvProgram } from "../support/uv_program.ts";

/** The id that systems give to nobody in particular. */
const NOBODY = 65_534;
/** What differs by itself from one environment to the next: its history, and what Python compiles. */
const OWN = /^(?:\.git|__pycache__)$/;

Deno.test({
  name:
    "another user with other paths, another locale and another file mode mask imports the same trees",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withEnvironment(async (here) => {
      await using registry = startPackRegistry({ id: "alpha", version: "1.0.0" });
      const line = await linesOn(here, registry);
      await line("node", "add", "alpha");
      const local = await writePack(join(here.root, "local-pack"), "LocalNode");
      await Deno.writeTextFile(join(local, "tool.sh"), "#!/bin/sh\n", { mode: 0o755 });
      await line("node", "add", local);
      await addModels(here, { base: sampleModel("weights ".repeat(3_000)) });
      await track(here, { "ıİ straße": '{"nodes":\t[]}' });
      const home = await Deno.makeTempDir({ prefix: "comfydock-another-" });
      try {
        const file = join(home, "demo.comfydock.tar.zst");
        await line("export", file, "--offline-packages", "--with-models");
        const [program, ...args] = await asAnother(home, venvPython(here.environment.venv));
        const run = async (...words: string[]) => {
          const command = new Deno.Command(program!, { args: [...args, ...words], cwd: home });
          const { success, stderr } = await command.output();
          assert.ok(success, `${words.join(" ")}: ${new TextDecoder().decode(stderr)}`);
        };
        await run("init");
        await run("import", file, "--offline", "--strict");
        const there = workspaceLayout(join(home, ".comfydock_workspace"));
        const made = environmentLayout(there, "demo");
        for (const part of ["cec", "customNodes"] as const) {
          assert.deepEqual(await treeOf(made[part]), await treeOf(here.environment[part]), part);
        }
        assert.deepEqual(
          await treeOf(there.defaultModels),
          await treeOf(here.workspace.defaultModels),
        );
        assert.equal(
          await here.world().git.resolve(made.comfyui, "HEAD"),
          await here.world().git.resolve(here.environment.comfyui, "HEAD"),
        );
      } finally {
        await Deno.remove(home, { recursive: true });
      }
    }),
});

type Entry = readonly [path: string, isExecutable: boolean, sha256: string];

/** All files below a directory; where ComfyUI was fetched from is no part of it. */
async function treeOf(root: string, inner = ""): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(root, inner))) {
    if (OWN.test(name)) continue;
    const path = inner === "" ? name : `${inner}/${name}`;
    if (isDirectory) {
      found.push(...await treeOf(root, path));
      continue;
    }
    const text = (await Deno.readTextFile(join(root, path))).replace(
      /^comfyui_repository.*\n/m,
      "",
    );
    const { mode } = await Deno.stat(join(root, path));
    const sha256 = createHash("sha256").update(text).digest("hex");
    found.push([path, ((mode ?? 0) & 0o100) !== 0, sha256]);
  }
  return found.sort(([a], [b]) => a < b ? -1 : 1);
}

/**
 * The beginning of a command line that runs the binary as nobody in particular; where this user cannot become another
 * one, or that one reaches no fitting Python, it differs in all but the user.
 */
async function asAnother(home: string, python: string): Promise<readonly string[]> {
  const bin = join(home, "bin");
  await Deno.mkdir(bin);
  await Deno.copyFile(await uvProgram(), join(bin, "uv"));
  await Deno.chmod(home, 0o755);
  await Deno.chmod(join(bin, "uv"), 0o755);
  const real = await Deno.realPath(python);
  const become = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  const usual = join("/usr/bin", real.split("/").at(-1)!);
  for (const [user, program] of [[become, real], [become, usual], [[], real]] as const) {
    if (!await runs([...user, program, "-c", ""])) continue;
    if (user.length > 0) await Deno.chown(home, NOBODY, NOBODY);
    else Deno.stderr.writeSync(new TextEncoder().encode("  as the same user\n"));
    const variables = {
      HOME: home,
      PATH: [bin, join(program, ".."), "/usr/bin", "/bin"].join(":"),
      LC_ALL: "tr_TR.UTF-8",
      LANG: "de_DE.UTF-8",
      TZ: "Pacific/Auckland",
    };
    const assigned = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const masked = ["/bin/sh", "-c", 'umask 077; exec "$@"', "sh"];
    return [...user, ...masked, "env", "-i", ...assigned, await builtBinary()];
  }
  throw new Error(`${real} does not start`);
}

async function runs([program, ...args]: readonly string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program!, { args }).output()).success;
  } catch {
    // There is no such program.
    return false;
  }
}
