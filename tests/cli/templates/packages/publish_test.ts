import { deepEqual, equal, match } from "node:assert/strict";
import { assertPublishedShape } from "../../../support/schemas.ts";
import { type TemplateFixture, templateRepository } from "../../../support/template_repository.ts";
import {
  packagesCommand,
  setVersion,
  uvCache,
} from "../../../support/templates/package_commands.ts";
import {
  INDEX_VARIABLES,
  packageIndex,
  type TestIndex,
} from "../../../support/templates/package_index.ts";
import { syncFixture } from "../../../support/templates/synced.ts";
import { programOf } from "../../../support/run_cli.ts";
import { uvProgram } from "../../../support/uv_program.ts";

interface Published {
  readonly packages: readonly {
    readonly id: string;
    readonly action: string;
    readonly state: string | null;
    readonly files: readonly { file: string; size: number; sha256: string }[];
  }[];
}

const SECRET = INDEX_VARIABLES.UV_PUBLISH_PASSWORD!;

/** A fixture that is built, and whose last release is an older one; some fields of a package may be other ones. */
async function built(fields = ""): Promise<TemplateFixture> {
  const fixture = await templateRepository("seed", { tag: null });
  const path = "packages/media_image/pyproject.toml";
  const text = await fixture.read(path);
  await fixture.write(path, text.replace("license =", `${fields}\nlicense =`));
  await syncFixture(fixture);
  equal((await packagesCommand(fixture, ["build"])).code, 0);
  return fixture;
}

const uploadsOf = (
  index: TestIndex,
) => [...new Set(index.uploads.map((file) => file.split("-")[0]))];

Deno.test("scenario 6, meta before its parts: nothing goes up behind a failure, and the rest follows with --resume", async (t) => {
  await using index = await packageIndex();
  await using fixture = await built();
  const publish = async (...more: string[]) => {
    const isOn = more.includes("--resume");
    const where = isOn ? index.options.slice(4) : index.options;
    // A publication goes on where it began, wherever uv would upload to.
    const elsewhere = { UV_PUBLISH_URL: "http://127.0.0.1:1/" };
    const words = ["publish", "--json", ...where, ...more];
    const run = await packagesCommand(fixture, words, isOn ? elsewhere : {});
    await assertPublishedShape(run.json);
    equal(`${run.stdout}${run.stderr}`.includes(SECRET), false);
    return { ...run, data: run.json?.data as Published | undefined };
  };
  const states = async () => {
    const journal = JSON.parse(await fixture.read(".publish-journal.json"));
    return journal.packages.map(({ id, state }: Record<string, string>) => `${id} ${state}`);
  };

  await t.step(
    "point 74: the plan lists order, files, sizes, digests and actions, and writes nothing to the index",
    async () => {
      equal((await publish("--yes", "--dry-run")).code, 0);
      const { code, data } = await publish();
      equal(code, 0);
      deepEqual(data?.packages.map(({ id, action }) => `${id} ${action}`), [
        "core upload",
        "media_api upload",
        "media_image upload",
        "meta upload",
      ]);
      match(data?.packages[0]?.files[0]?.sha256 ?? "", /^[0-9a-f]{64}$/);
      deepEqual(index.requests.filter((line) => !/^(GET|HEAD) /.test(line)), []);
    },
  );

  await t.step(
    "point 76: an upload that fails after the second of four packages stops before meta, with exit 6",
    async () => {
      index.refuse = (file) => file.startsWith("demo_media_image");
      const { code, json } = await publish("--yes", "--report", `${fixture.root}/failed.md`);
      equal(code, 6);
      equal(json?.error?.code, "E_UPLOAD");
      const report = await fixture.read("failed.md");
      match(
        report,
        /^# Publication\n\nFailed: .*503[^]*## pending\n\n- demo-media-image 0\.3\.1$/m,
      );
      equal(report.includes(SECRET), false);
      match(json?.error?.message ?? "", /demo-media-image 0\.3\.1: .*503.*out of order: \*\*\*$/);
      deepEqual(json?.error?.details, {
        done: ["demo-core 0.3.4", "demo-media-api 0.3.5"],
        pending: ["demo-media-image 0.3.1", "demo-templates 0.5.0"],
      });
      deepEqual(await states(), [
        "core done",
        "media_api done",
        "media_image uploading",
        "meta pending",
      ]);
    },
  );

  await t.step(
    "what the index lacks is named by check remote, and what to yank by rollback",
    async () => {
      const words = ["check", "remote", ...index.options.slice(0, 4), "--json"];
      const check = await packagesCommand(fixture, words);
      equal(check.code, 1);
      const { findings } = check.json?.data as {
        findings: readonly { message: string; file: string; line: number }[];
      };
      deepEqual(findings.map(({ message, file, line }) => `${file}:${line} ${message}`), [
        "pyproject.toml:16 The index does not have demo-media-image==0.3.1",
      ]);
      const rollback = await packagesCommand(fixture, ["rollback", "--dry-run", "--json"]);
      equal(rollback.code, 6);
      await assertPublishedShape(rollback.json);
      deepEqual((rollback.json?.data as { yank: readonly { name: string }[] }).yank.length, 3);
    },
  );

  await t.step("point 76: meta waits until each of its pins can be installed", async () => {
    index.refuse = undefined;
    index.uploads.length = 0;
    index.hide = (name) => name === "demo-media-image";
    const { code, json } = await publish("--resume", "--yes");
    equal(code, 6);
    equal(json?.error?.code, "E_PIN_UNAVAILABLE");
    match(json?.error?.message ?? "", /demo-media-image/);
    deepEqual(uploadsOf(index), ["demo_media_image"]);
  });

  await t.step(
    "a publication that begins again knows what the one before it uploaded",
    async () => {
      index.hide = undefined;
      index.refuse = (file) => file.startsWith("demo_templates");
      equal((await publish("--yes")).code, 6);
      const { json } = await packagesCommand(fixture, ["rollback", "--dry-run", "--json"]);
      deepEqual((json?.data as { yank: readonly { name: string }[] }).yank.length, 4);
    },
  );

  await t.step("--resume uploads only the rest", async () => {
    index.refuse = undefined;
    index.hide = undefined;
    index.uploads.length = 0;
    const { code, stderr } = await publish("--resume", "--yes");
    equal(code, 0, stderr);
    deepEqual(uploadsOf(index), ["demo_templates"]);
    deepEqual(await states(), ["core done", "media_api done", "media_image done", "meta done"]);
    equal((await index.files()).length, 8);
  });

  await t.step("point 75: versions that the index has are passed over", async () => {
    index.uploads.length = 0;
    const { code, data } = await publish("--yes");
    equal(code, 0);
    deepEqual([...new Set(data?.packages.map(({ action }) => action))], ["skip"]);
    deepEqual(index.uploads, []);
  });

  await t.step(
    "scenario 21, vanished pin on consumer side: a version of any name can be asked for",
    async () => {
      const remote = ["check", "remote", "--name", "demo-templates", ...index.options.slice(0, 4)];
      equal((await packagesCommand(fixture, [...remote, "--version", "0.7.25"])).code, 1);
      equal((await packagesCommand(fixture, [...remote, "--version", "0.5.0"])).code, 0);
    },
  );
});

Deno.test("point 76: a pin that is on the index counts only when uv can install it, with what it needs", async () => {
  await using index = await packageIndex();
  await using fixture = await built('dependencies = ["demo-absent==1.0"]');
  const wheel = await fixture.read("dist/demo_core-0.3.4.tar.gz");
  await fixture.write("dist/demo_core-0.3.4.tar.gz", `${wheel}-`);
  const other = await packagesCommand(fixture, ["publish", "--yes", ...index.options]);
  equal(other.code, 1);
  match(other.stderr, /demo_core-0\.3\.4\.tar\.gz": it is not the file that was planned/);
  deepEqual(index.uploads, []);
  equal((await packagesCommand(fixture, ["build", "core"])).code, 0);
  const { code, json } = await packagesCommand(fixture, [
    ...["publish", "--yes", "--json", ...index.options],
  ]);
  equal(code, 6);
  equal(json?.error?.code, "E_PIN_UNAVAILABLE");
  match(json?.error?.message ?? "", /demo-absent/);
  deepEqual(uploadsOf(index), ["demo_core", "demo_media_api", "demo_media_image"]);
});

Deno.test("point 77: a publication that was killed goes on where it was; point 78: no secret is written anywhere", async () => {
  await using index = await packageIndex();
  await using fixture = await built();
  const held = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  index.hold = async (file) => {
    if (!file.startsWith("demo_media_api")) return;
    held.resolve();
    await free.promise;
  };
  const [program, ...first] = programOf();
  const words = ["templates", "packages", "publish", "--yes", "-C", fixture.root, ...index.options];
  const process = new Deno.Command(program, {
    args: [...first, ...words],
    env: { ...INDEX_VARIABLES, COMFYDOCK_UV: await uvProgram(), UV_CACHE_DIR: await uvCache() },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await held.promise;
  process.kill("SIGKILL");
  await process.status;
  index.refuse = () => true;
  free.resolve();
  const journal = await fixture.read(".publish-journal.json");
  equal(journal.includes(SECRET), false);
  const begun: { id: string; state: string }[] = JSON.parse(journal).packages;
  deepEqual(begun.map(({ id, state }) => `${id} ${state}`).slice(0, 3), [
    "core done",
    "media_api uploading",
    "media_image pending",
  ]);

  index.hold = undefined;
  index.refuse = undefined;
  const reports = ["--report", `${fixture.root}/r.md`, "--report-json", `${fixture.root}/r.json`];
  const resumed = ["publish", "--resume", "--yes", ...index.options, ...reports];
  const { code, stderr } = await packagesCommand(fixture, resumed);
  equal(code, 0, stderr);
  equal((await index.files()).length, 8);
  equal((await fixture.read("r.json")).includes(SECRET), false);
  match(await fixture.read("r.md"), /^\| demo-templates \| 0\.5\.0 \| done \|$/m);
});

Deno.test("an index that cannot be reached is exit 6, and nothing was begun", async () => {
  await using fixture = await built();
  const gone = [
    "--publish-url",
    "http://127.0.0.1:1/",
    "--check-url",
    "http://127.0.0.1:1/simple/",
  ];
  equal((await packagesCommand(fixture, ["publish", "--yes", ...gone])).code, 6);
  equal((await packagesCommand(fixture, ["check", "remote", ...gone])).code, 6);
  const offline = await packagesCommand(fixture, ["check", "remote", "--offline"]);
  equal(offline.code, 0);
  match(offline.stdout, /remote was not checked: the network is switched off/);
  equal((await packagesCommand(fixture, ["publish", ...gone.slice(0, 2)])).code, 2);
  equal((await packagesCommand(fixture, ["publish", "--resume", ...gone])).code, 4);
});

Deno.test("scenario 12, digits in names: a pin of such a package that the index lacks is caught", async () => {
  await using index = await packageIndex();
  await using fixture = await templateRepository("today", { git: false });
  const text = await fixture.read("pyproject.toml");
  const pin = "demo-media-assets-02==0.1.0";
  await fixture.write(
    "pyproject.toml",
    text.replace(/dependencies = \[[^\]]*\]/, `dependencies = ["${pin}"]`)
      .replace(/\[project\.optional-dependencies\][^]*?(?=\n\[)/, ""),
  );
  await setVersion(fixture, ".", "0.6.0");
  const words = ["check", "remote", ...index.options.slice(0, 4)];
  const { code, stdout } = await packagesCommand(fixture, words);
  equal(code, 1);
  match(stdout, /The index does not have demo-media-assets-02==0\.1\.0/);
});
