/** Environments against the same steps typed by hand, with warm caches, in turn on the same machine. */
import { join } from "node:path";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { uvProgram } from "../support/uv_program.ts";
import { writeWheel } from "../support/wheels.ts";
import { measureProcess, median, report } from "./measurement.ts";

const RUNS = 5;
const PACKAGES = 200;
const NODES = 30;
const WORKFLOWS = 50;

const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });
const workspace = join(root, "workspace");
const source = join(root, "sample");
const uv = await uvProgram();
const env = { COMFYDOCK_HOME: workspace, COMFYDOCK_UV: uv, CI: "1" };
const uvEnv = { UV_CACHE_DIR: join(workspace, "uv_cache"), UV_LINK_MODE: "hardlink" };

async function run(
  program: string,
  args: readonly string[],
  cwd = root,
  more = {},
): Promise<number> {
  const started = performance.now();
  const { success, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { ...env, ...more },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    throw new Error(`${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  }
  return (performance.now() - started) / 1000;
}

const main = ["run", "-A", join(projectRoot, "main.ts")];
const comfydock = (...args: string[]) => run(Deno.execPath(), [...main, ...args]);
const environment = (name: string) => join(workspace, "environments", name);

async function create(name: string): Promise<number> {
  return await comfydock("create", name, "--torch-backend", "none", "--comfyui-source", source);
}

/** What a person would type who has the manifest already. */
async function byHand(name: string, pattern: string): Promise<number> {
  const target = join(root, name);
  const cec = join(target, ".cec");
  const venv = join(target, ".venv");
  const started = performance.now();
  await Deno.mkdir(cec, { recursive: true });
  await run("git", ["clone", "--quiet", source, join(target, "ComfyUI")]);
  await Deno.copyFile(
    join(environment(pattern), ".cec", "pyproject.toml"),
    join(cec, "pyproject.toml"),
  );
  const python = join(environment(pattern), ".venv", "bin", "python");
  const base = (await Deno.readTextFile(join(environment(pattern), ".venv", "pyvenv.cfg")))
    .match(/^home = (.*)$/m)?.[1];
  await run(
    uv,
    ["venv", "--quiet", "--python", base ? join(base, "python3") : python, venv],
    cec,
    uvEnv,
  );
  const project = { ...uvEnv, UV_PROJECT_ENVIRONMENT: venv };
  await run(uv, ["lock", "--quiet"], cec, project);
  await run(uv, ["sync", "--quiet"], cec, project);
  await run("git", ["init", "--quiet"], cec);
  await run("git", ["add", "."], cec);
  await run("git", [
    "-c",
    "user.name=a",
    "-c",
    "user.email=a@localhost",
    "commit",
    "--quiet",
    "-m",
    "start",
  ], cec);
  return (performance.now() - started) / 1000;
}

await makeSampleComfyUI(source, createRunner({ env: Deno.env.toObject() }));
await comfydock("init", workspace);
const cold = await create("warm");
report({
  name: "`create` of the sample ComfyUI, cold",
  value: cold,
  unit: "s",
  how: "packages from the network",
});

const ours: number[] = [];
const theirs: number[] = [];
for (let turn = 0; turn < RUNS; turn++) {
  ours.push(await create(`env-${turn}`));
  theirs.push(await byHand(`hand-${turn}`, "warm"));
}
report({
  name: "`create`, warm, over 1.10 × the same steps by hand",
  value: median(ours) - 1.1 * median(theirs),
  unit: "s",
  bound: 0.3,
  how: `${median(ours).toFixed(2)} s against ${
    median(theirs).toFixed(2)
  } s, medians of ${RUNS} in turn`,
});

await comfydock("use", "warm");
await fill("warm");
const whole = "whole process, median of 7";
const size = `${NODES} nodes, ${PACKAGES} packages, ${WORKFLOWS} workflows`;
Object.entries(env).forEach(([name, value]) => Deno.env.set(name, value));
const timed = (...args: string[]) => measureProcess(Deno.execPath(), [...main, ...args], 7);
report({
  name: `\`status\`, ${size}`,
  value: await timed("status"),
  unit: "ms",
  bound: 300,
  how: whole,
});
report({
  name: "`sync` with nothing to do",
  value: await timed("sync"),
  unit: "ms",
  bound: 500,
  how: whole,
});
report({ name: "`list`", value: await timed("list"), unit: "ms", bound: 120, how: whole });

const back: number[] = [];
for (let turn = 0; turn < RUNS; turn++) {
  const manifest = join(environment("warm"), ".cec", "pyproject.toml");
  await Deno.writeTextFile(manifest, `${await Deno.readTextFile(manifest)}\n# turn ${turn}\n`);
  await comfydock("commit", "-m", `turn ${turn}`);
  back.push(await comfydock("rollback", "HEAD~1") * 1000);
}
report({
  name: "`rollback` one commit, packages unchanged",
  value: median(back),
  unit: "ms",
  bound: 1000,
  how: `whole process, median of ${RUNS}`,
});
await Deno.remove(root, { recursive: true });

/** Gives an environment the size that the bounds are about. */
async function fill(name: string): Promise<void> {
  const { manifest, wheels, workflows } = {
    manifest: join(environment(name), ".cec", "pyproject.toml"),
    wheels: join(root, "wheels"),
    workflows: join(environment(name), ".cec", "workflows"),
  };
  const names = Array.from({ length: PACKAGES }, (_, index) => `bench_package_${index}`);
  for (const one of names) await writeWheel(wheels, { name: one, version: "1.0.0" });
  const text = await Deno.readTextFile(manifest);
  await Deno.writeTextFile(
    manifest,
    text.replace("[tool.uv]\n", `[tool.uv]\nfind-links = ["${wheels}"]\n`),
  );
  await comfydock("py", "add", ...names);
  const nodes = Array.from(
    { length: NODES },
    (_, index) =>
      `\n[tool.comfydock.nodes.pack-${index}]\nname = "pack-${index}"\nversion = "1.0.0"\nsource = "development"\n`,
  );
  const tracked = Array.from(
    { length: WORKFLOWS },
    (_, index) =>
      `\n[tool.comfydock.workflows.tracked.workflow-${index}]\nfile = "workflows/workflow-${index}.json"\n`,
  );
  const tables = [...nodes, ...tracked].join("");
  await Deno.writeTextFile(manifest, (await Deno.readTextFile(manifest)) + tables);
  for (let index = 0; index < NODES; index++) {
    await Deno.mkdir(join(environment(name), "ComfyUI", "custom_nodes", `pack-${index}`), {
      recursive: true,
    });
  }
  for (let index = 0; index < WORKFLOWS; index++) {
    await Deno.writeTextFile(
      join(workflows, `workflow-${index}.json`),
      JSON.stringify({ nodes: [], index }),
    );
  }
  await comfydock("sync");
  await comfydock("commit", "-m", "filled");
}
