import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import { createRunner, createUv, ProcessError, type Uv } from "../../../src/tools/mod.ts";
import { pythonProgram } from "../../support/python_program.ts";
import { uvProgram } from "../../support/uv_program.ts";
import { writeWheel } from "../../support/wheels.ts";

const program = await uvProgram();
// Only one Python is in sight: a version manager on PATH would be asked for each of its own, for seconds.
const runner = createRunner({
  env: {
    ...Deno.env.toObject(),
    PATH: dirname(await pythonProgram()),
    UV_PYTHON_DOWNLOADS: "never",
  },
});

// One cache for all: finding the Pythons of a machine is what takes uv longest.
const cacheDirectory = await Deno.makeTempDir();
addEventListener("unload", () => Deno.removeSync(cacheDirectory, { recursive: true }));

interface World {
  readonly uv: Uv;
  readonly root: string;
  readonly project: { directory: string; environment: string; python: string };
  write(groups: Record<string, readonly string[]>, more?: string): Promise<string>;
}

/** A project whose packages are wheels made on the spot, so that nothing depends on the network. */
async function inProject(run: (world: World) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir());
  const wheels = join(root, "wheels");
  await writeWheel(wheels, { name: "base", version: "1.0" });
  await writeWheel(wheels, { name: "base", version: "2.0" });
  await writeWheel(wheels, { name: "old_way", version: "1.0", requires: ["base<2"] });
  await writeWheel(wheels, { name: "future", version: "1.0", requiresPython: ">=3.99" });
  await writeWheel(wheels, { name: "apple", version: "1.0", tag: "py3-none-macosx_99_0_arm64" });
  const uv = createUv(runner, {
    program,
    cacheDirectory,
    pythonDirectory: join(root, "python"),
    owners: new Map([
      ["node-impact", { title: "Impact Pack", file: "requirements.txt" }],
      ["node-kj", { title: "KJNodes" }],
    ]),
  });
  const directory = join(root, "cec");
  await Deno.mkdir(directory);
  const python = await uv.findPython(">=3.10");
  const write = async (groups: Record<string, readonly string[]>, more = "") => {
    const lines = Object.entries(groups).map(([name, list]) => `${name} = ${JSON.stringify(list)}`);
    const manifest =
      `[project]\nname = "demo"\nversion = "0"\nrequires-python = ">=3.10"\n[dependency-groups]\n${
        lines.join("\n")
      }\n[tool.uv]\npackage = false\nno-index = true\nfind-links = [${
        JSON.stringify(wheels)
      }]\n${more}`;
    await Deno.writeTextFile(join(directory, "pyproject.toml"), manifest);
    return manifest;
  };
  try {
    const project = { directory, environment: join(root, "env", ".venv"), python };
    await run({ uv, root, project, write });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function failure(work: Promise<unknown>): Promise<ComfydockError> {
  const error = await work.then(() => undefined, (reason) => reason);
  assert.ok(error instanceof ComfydockError, `expected a failure, got ${error}`);
  return error;
}

const promise = (name: string, run: (world: World) => Promise<void>) =>
  Deno.test(name, () => inProject(run));

promise(
  "uv locks, syncs into the environment that is named, and tells what changed",
  async (world) => {
    const { uv, project, write } = world;
    await write({ "node-impact": ["base"], "node-kj": ["old-way"] });
    await uv.lock(project);
    await uv.createVenv(project.environment, { python: project.python, prompt: "demo" });
    assert.deepEqual(await uv.sync(project, { lock: "frozen" }), [
      { action: "added", name: "base", version: "1.0" },
      { action: "added", name: "old-way", version: "1.0" },
    ]);
    assert.deepEqual(await uv.sync(project, { lock: "locked" }), []);
    assert.deepEqual((await uv.packages(project.environment)).map(({ name }) => name), [
      "base",
      "old-way",
    ]);
    assert.deepEqual(await uv.sync(project, { lock: "frozen", groups: [], dryRun: true }), [
      { action: "removed", name: "base", version: "1.0" },
      { action: "removed", name: "old-way", version: "1.0" },
    ]);
    await uv.sync(project, { groups: ["node-impact"] });
    assert.deepEqual((await uv.packages(project.environment)).map(({ name }) => name), ["base"]);
    assert.match(await uv.exportRequirements(project), /^base==1\.0/m);
  },
);

promise(
  "an outdated lock is told as such, by check and by locked",
  async ({ uv, project, write }) => {
    await write({ "node-impact": ["base<2"] });
    await uv.lock(project);
    await uv.lock(project, { check: true });
    await write({ "node-impact": ["base>=2"] });
    assert.equal((await failure(uv.lock(project, { check: true }))).code, "LOCK_OUTDATED");
    assert.equal((await failure(uv.sync(project, { lock: "locked" }))).code, "LOCK_OUTDATED");
  },
);

promise("upgrades touch only what is named", async ({ uv, root, project, write }) => {
  await write({ "node-impact": ["base", "old-way"] });
  await uv.lock(project);
  const versionOfBase = async () =>
    /name = "base"\nversion = "([^"]+)"/
      .exec(await Deno.readTextFile(join(root, "cec", "uv.lock")))?.[1];
  await write({ "node-impact": ["base"] });
  await uv.lock(project);
  assert.equal(await versionOfBase(), "1.0");
  await uv.lock(project, { upgrade: ["base"] });
  assert.equal(await versionOfBase(), "2.0");
});

promise("a conflict names the packs, their requirements and the way to them", async (world) => {
  const { uv, project, write } = world;
  await write({ "node-impact": ["old-way"], "node-kj": ["base>=2"] });
  const error = await failure(uv.lock(project));
  assert.ok(error instanceof ProcessError);
  assert.equal(error.code, "PACKAGE_CONFLICT");
  assert.equal(error.exit, 5);
  assert.match(error.message, /Impact Pack wants old-way(==1\.0)?, which wants base<2/);
  assert.match(error.message, /KJNodes wants base>=2/);
  assert.match(error.end.stderr, /No solution found/);
});

promise("what does not exist or does not fit is told for whom", async ({ uv, project, write }) => {
  await write({ "node-kj": ["base==7"] });
  const version = await failure(uv.lock(project));
  assert.equal(version.code, "PACKAGE_NOT_FOUND");
  assert.match(version.message, /"base==7" for KJNodes/);
  await write({ "node-kj": ["no-such-thing"] });
  assert.equal((await failure(uv.lock(project))).code, "PACKAGE_NOT_FOUND");
  await write({ "node-kj": ["future"] });
  assert.equal((await failure(uv.lock(project))).code, "PYTHON_CONFLICT");
  await write({ "node-kj": ["apple"] });
  await uv.lock(project);
  if (Deno.build.os === "linux") {
    assert.equal((await failure(uv.sync(project))).code, "PACKAGE_NO_WHEEL");
  }
  await Deno.writeTextFile(join(project.directory, "pyproject.toml"), "[project\n");
  assert.equal((await failure(uv.lock(project))).code, "UV_INPUT_INVALID");
});

promise("a trial resolution gives the lock and leaves the project alone", async (world) => {
  const { uv, project, write } = world;
  const manifest = await write({ "node-impact": ["base<2"] });
  await uv.lock(project);
  const lock = await Deno.readTextFile(join(project.directory, "uv.lock"));
  const { directory, python } = project;
  const before = (await Array.fromAsync(Deno.readDir(world.root))).map(({ name }) => name);
  assert.equal(await uv.tryResolution({ directory, manifest, lock, python }), lock);
  const wider = manifest.replace("base<2", "base");
  assert.match(
    await uv.tryResolution({ directory, manifest: wider, lock, python }),
    /version = "1\.0"/,
  );
  assert.match(await uv.tryResolution({ directory, manifest: wider, python }), /version = "2\.0"/);
  const impossible = manifest.replace("base<2", "base>7");
  assert.equal(
    (await failure(uv.tryResolution({ directory, manifest: impossible, lock, python }))).code,
    "PACKAGE_NOT_FOUND",
  );
  assert.equal(await Deno.readTextFile(join(directory, "uv.lock")), lock);
  const after = (await Array.fromAsync(Deno.readDir(world.root))).map(({ name }) => name);
  assert.deepEqual(after.sort(), before.sort());
});

promise("Pythons are found, and one that cannot be had is told", async ({ uv }) => {
  const pythons = await uv.pythons();
  assert.ok(pythons.some(({ version, path }) => /^3\.\d+\.\d+/.test(version) && path !== ""));
  assert.equal((await failure(uv.findPython("3.98"))).code, "PYTHON_MISSING");
  assert.match(await uv.version(), /^\d+\.\d+\.\d+$/);
  await uv.pruneCache();
});
