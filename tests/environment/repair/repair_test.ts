import assert from "node:assert/strict";
import { join } from "node:path";
import { silentReporter } from "../../../src/base/mod.ts";
import {
  linkModels,
  readInstalled,
  readStatus,
  repairEnvironment,
  type RepairFinding,
} from "../../../src/environment/mod.ts";
import { command } from "../../../src/tools/mod.ts";
import { listTrash } from "../../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

/** A way to damage an environment, and what repair says and does. */
interface Damage {
  readonly name: string;
  readonly damage: (fixture: EnvironmentFixture) => Promise<unknown>;
  /** Part and outcome of each finding, in order. */
  readonly findings: readonly string[];
  readonly problem: RegExp;
  /** Names of what the trash holds afterwards. */
  readonly trashed?: readonly string[];
}

const write = (path: string, text: string) => Deno.writeTextFile(path, text);
const remove = (path: string) => Deno.remove(path, { recursive: true });

const damages: readonly Damage[] = [
  {
    name: "a vanished .venv",
    damage: ({ environment }) => remove(environment.venv),
    findings: ["venv fixed"],
    problem: /\.venv is missing/,
  },
  {
    name: "a Python that does not start",
    async damage({ environment }) {
      await Deno.remove(join(environment.venv, "bin", "python"));
      await write(join(environment.venv, "bin", "python"), "#!/nonexistent\n");
      await Deno.chmod(join(environment.venv, "bin", "python"), 0o755);
    },
    findings: ["python fixed", "venv fixed"],
    problem: /does not start/,
  },
  {
    name: "a Python that is gone",
    damage: ({ environment }) => Deno.remove(join(environment.venv, "bin", "python")),
    findings: ["python fixed", "venv fixed"],
    problem: /Python of \.venv is missing/,
  },
  {
    name: "a package that is missing",
    async damage({ environment }) {
      const { site } = await sitePackages(environment.venv);
      const { packaging } = await readInstalled(environment.venv) ?? {};
      await remove(join(site, `packaging-${packaging}.dist-info`));
      await remove(join(site, "packaging"));
    },
    findings: ["venv fixed"],
    problem: /packaging/,
  },
  {
    name: "an installation that was cut off",
    async damage({ environment }) {
      const { site } = await sitePackages(environment.venv);
      await Deno.mkdir(join(site, "half-1.0.dist-info"));
    },
    findings: ["python fixed", "venv fixed"],
    problem: /half installed/,
  },
  {
    name: "something else in the place of .venv",
    async damage({ environment }) {
      await remove(environment.venv);
      await Deno.mkdir(environment.venv);
      await write(join(environment.venv, "notes.txt"), "mine");
    },
    findings: ["python fixed", "venv fixed"],
    problem: /no virtual environment/,
    trashed: [".venv"],
  },
  {
    name: "a corrupt lock",
    damage: ({ environment }) => write(environment.lockFile, "version = 1\n[[packa"),
    findings: ["lock fixed"],
    problem: /uv\.lock is damaged/,
    trashed: ["uv.lock"],
  },
  {
    name: "a missing lock",
    damage: ({ environment }) => Deno.remove(environment.lockFile),
    findings: ["lock fixed"],
    problem: /uv\.lock is missing/,
  },
  {
    name: "a missing manifest",
    damage: ({ environment }) => Deno.remove(environment.manifest),
    findings: ["manifest fixed"],
    problem: /pyproject\.toml is missing/,
  },
  {
    name: "a .python-version that says something else",
    damage: ({ environment }) => write(environment.pythonVersion, "2.7\n"),
    findings: ["python fixed"],
    problem: /says "2\.7"/,
  },
  {
    name: "scratch of killed commands",
    async damage({ environment: { root, cec } }) {
      await Deno.mkdir(join(root, "..cec.123-0123abcd.tmp"));
      await write(join(cec, ".pyproject.toml.123-0123abcd.tmp"), "");
    },
    findings: ["scratch fixed", "scratch fixed"],
    problem: /\.\.cec\.123-0123abcd\.tmp/,
  },
  {
    name: "a removed ComfyUI",
    damage: ({ environment }) => remove(environment.comfyui),
    findings: ["comfyui fixed"],
    problem: /ComfyUI is missing/,
  },
  {
    name: "a ComfyUI without git, and files of people in it",
    async damage({ environment: { comfyui } }) {
      await remove(join(comfyui, ".git"));
      await Deno.remove(join(comfyui, "main.py"));
      await write(join(comfyui, "input", "mine.png"), "mine");
    },
    findings: ["comfyui fixed", "comfyui fixed"],
    problem: /own git repository is missing/,
  },
  {
    name: "a ComfyUI whose git is damaged",
    damage: ({ environment: { comfyui } }) => write(join(comfyui, ".git", "HEAD"), "nonsense"),
    findings: ["comfyui fixed"],
    problem: /own git repository is damaged/,
    trashed: [".git"],
  },
  {
    name: "a detached ComfyUI at another commit",
    async damage(fixture) {
      await git(fixture, "checkout", "--quiet", "--detach", "v0.1.0");
    },
    findings: ["comfyui fixed"],
    problem: /not at/,
  },
  {
    name: "a missing file of ComfyUI",
    damage: ({ environment: { comfyui } }) => Deno.remove(join(comfyui, "server.py")),
    findings: ["comfyui fixed"],
    problem: /server\.py/,
  },
  {
    name: "a link to the models that is gone",
    damage: ({ environment: { comfyui } }) => Deno.remove(join(comfyui, "models")),
    findings: ["models fixed"],
    problem: /models is missing/,
  },
  {
    name: "a link to models that leads nowhere",
    async damage({ environment: { comfyui }, root }) {
      await Deno.remove(join(comfyui, "models"));
      await Deno.symlink(join(root, "nowhere"), join(comfyui, "models"));
    },
    findings: ["models fixed"],
    problem: /leads nowhere/,
  },
  {
    name: "a list of directories of models that is old",
    async damage({ environment: { comfyui }, root }) {
      await Deno.remove(join(comfyui, "models"));
      const link = () => Promise.reject(new Error("Not allowed"));
      await linkModels(join(root, "elsewhere"), comfyui, silentReporter, { link });
    },
    findings: ["models fixed"],
    problem: /does not name all models/,
  },
  {
    name: "a history that is gone",
    damage: ({ environment: { cec } }) => remove(join(cec, ".git")),
    findings: ["history fixed"],
    problem: /history in \.cec\/\.git is missing/,
  },
  {
    name: "a history that is damaged",
    damage: ({ environment: { cec } }) => remove(join(cec, ".git", "objects")),
    findings: ["history fixed", "history fixed"],
    problem: /history in \.cec\/\.git is damaged/,
    trashed: [".git"],
  },
];

async function sitePackages(venv: string): Promise<{ readonly site: string }> {
  for await (const { name } of Deno.readDir(join(venv, "lib"))) {
    return { site: join(venv, "lib", name, "site-packages") };
  }
  throw new Error("There is no Python in it");
}

async function git({ world, environment }: EnvironmentFixture, ...args: string[]): Promise<void> {
  await world().runner.run(command({ program: "git", args, cwd: environment.comfyui }));
}

const told = (findings: readonly RepairFinding[]) =>
  findings.map(({ part, outcome }) => `${part} ${outcome}`);

Deno.test({
  name: "repair settles every damage, tells of it before, and finds nothing afterwards",
  ignore: Deno.build.os === "windows",
  fn: async (t) => {
    await withEnvironment(async (fixture) => {
      const { world } = fixture;
      assert.deepEqual(await repairEnvironment(world()), { findings: [], ok: true });
      for (const { name, damage, findings, problem, trashed = [] } of damages) {
        const passed = await t.step(name, async () => {
          const before = (await listTrash(fixture.workspace)).length;
          await damage(fixture);
          const planned = await repairEnvironment(world(), { dryRun: true });
          assert.match(planned.findings[0]?.problem ?? "", problem);
          assert.deepEqual(
            planned.findings.filter(({ outcome }) => outcome !== "planned"),
            [],
          );
          const report = await repairEnvironment(world());
          assert.deepEqual(told(report.findings), findings, JSON.stringify(report.findings));
          assert.match(report.findings[0]?.problem ?? "", problem);
          assert.equal(report.ok, true);
          const { differences } = await readStatus(world());
          assert.deepEqual(differences, []);
          assert.deepEqual(await repairEnvironment(world()), { findings: [], ok: true });
          const trash = await listTrash(fixture.workspace);
          const fresh = trash.slice(0, trash.length - before).map((entry) => entry.name);
          assert.deepEqual(fresh, trashed);
        });
        // The next damage is to an environment that is whole.
        if (!passed) return;
      }
      const mine = join(fixture.environment.comfyui, "input", "mine.png");
      assert.equal(await Deno.readTextFile(mine), "mine");
    });
  },
});

Deno.test("repair leaves alone what is somebody's will, tells of it, and ends with 1 where something remains", async () => {
  await withEnvironment(async (fixture) => {
    const { environment: { manifest, comfyui }, cli } = fixture;
    const text = await Deno.readTextFile(manifest);
    await write(manifest, text.replace('"packaging>=23.0"', '"packaging>=23.0", "six"'));
    const edited = await cli(["repair", "--json"]);
    await assertPublishedShape(edited.json);
    const data = edited.json?.data as { findings: readonly RepairFinding[] };
    assert.deepEqual(told(data.findings), ["manifest noted", "lock fixed", "venv fixed"]);
    assert.equal(edited.code, 0);
    assert.match(data.findings[0]?.hint ?? "", /comfydock commit.*comfydock rollback/);
    assert.ok((await readInstalled(fixture.environment.venv))?.six);

    await write(join(comfyui, "nodes.py"), "# mine\n");
    const dirty = await repairEnvironment(fixture.world());
    assert.deepEqual(told(dirty.findings), ["manifest noted", "comfyui noted"]);
    await git(fixture, "checkout", "--quiet", "--force", "v0.1.0", "--", "comfyui_version.py");
    await git(fixture, "update-ref", "--no-deref", "HEAD", "v0.1.0^{commit}");
    const moved = await cli(["repair"]);
    assert.equal(moved.code, 1);
    assert.match(moved.stdout, /remains: ComfyUI is at .*local changes: .*nodes\.py/);
    assert.match(moved.stdout, /hint: Commit, stash or discard/);
    assert.equal(await Deno.readTextFile(join(comfyui, "nodes.py")), "# mine\n");

    await write(manifest, "[project\n");
    const { code, json } = await cli(["repair", "--json"]);
    const [finding] = (json?.data as { findings: readonly Record<string, string>[] }).findings;
    assert.deepEqual([code, finding?.part, finding?.code], [1, "manifest", "MANIFEST_INVALID"]);
    assert.match(finding?.hint ?? "", /comfydock rollback/);
    assert.equal(await Deno.readTextFile(manifest), "[project\n");
  });
});

Deno.test("repair of a lost .cec says what is lost and makes nothing up", async () => {
  await withEnvironment(async (fixture) => {
    await remove(fixture.environment.cec);
    const { ok, findings } = await repairEnvironment(fixture.world());
    assert.deepEqual([ok, told(findings)], [false, ["history remains"]]);
    assert.match(findings[0]?.problem ?? "", /is missing, and with it/);
  });
});
