import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import {
  buildPackages,
  type BuildResult,
  planBuild,
  readBuildReport,
} from "../../../src/templates/building/mod.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { filesIn } from "../../support/templates/archives.ts";
import { sideOf, syncFixture } from "../../support/templates/synced.ts";
import { statesOf } from "../../support/templates/tree.ts";

interface Choice {
  readonly packages?: readonly string[];
  readonly jobs?: number;
  readonly allowLarge?: boolean;
  readonly fileLimit?: number;
  readonly dist?: string;
}

async function build(fixture: TemplateFixture, choice: Choice = {}): Promise<BuildResult> {
  const side = await sideOf(fixture);
  const plan = await planBuild(fixture.root, side, choice);
  deepEqual(plan.faults, []);
  const limits = {
    ...side.repository.limits,
    ...choice.fileLimit && { fileLimit: choice.fileLimit },
  };
  return await buildPackages(plan, {
    limits,
    ...choice,
    dist: join(fixture.root, choice.dist ?? "dist"),
  });
}

const digests = ({ packages }: BuildResult) =>
  packages.flatMap(({ files }) => files.map(({ file, sha256 }) => `${file} ${sha256}`));

Deno.test("point 67: excluded templates are in no wheel, and the index inside does not know them", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await syncFixture(fixture);
  const { packages } = await build(fixture);
  const names: string[] = [];
  for (const { files } of packages) {
    const wheel = await filesIn(join(fixture.root, "dist", files[0]!.file));
    names.push(...wheel.keys());
    for (const [name, text] of wheel) {
      if (/index(\.zh)?\.json$/.test(name)) equal(text.includes("needs_nodes"), false, name);
    }
  }
  equal(names.some((name) => name.includes("needs_nodes")), false);
  equal(names.includes("demo_json/templates/index.zh.json"), true);
});

Deno.test("point 68: RECORD lists each file with digest and size, and equal files give equal bytes", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await syncFixture(fixture);
  const first = await build(fixture);
  const wheel = await filesIn(join(fixture.root, "dist", "demo_media_api-0.3.5-py3-none-any.whl"));
  const record = wheel.get("demo_media_api-0.3.5.dist-info/RECORD")!.trim().split("\n");
  deepEqual(record.map((line) => line.split(",")[0]).sort(), [...wheel.keys()].sort());
  equal(record.at(-1), "demo_media_api-0.3.5.dist-info/RECORD,,");
  for (const line of record.slice(0, -1)) {
    const [name = "", digest = "", size] = line.split(",");
    const bytes = Uint8Array.from(wheel.get(name)!, (letter) => letter.charCodeAt(0));
    equal(bytes.length, Number(size));
    const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    equal(digest, `sha256=${sha256.toBase64({ alphabet: "base64url", omitPadding: true })}`);
  }
  const bytes = await Deno.readFile(join(fixture.root, "dist", "demo_core-0.3.4-py3-none-any.whl"));
  // The oldest day that a zip can hold (APPNOTE.TXT, 4.4.6), whenever it is written.
  equal(new DataView(bytes.buffer).getUint32(10, true), 0x0021_0000);
  // Other times, another place, another order on the disk.
  await using copy = await templateRepository("seed", { git: false });
  await syncFixture(copy);
  await Deno.utime(join(copy.root, "templates/api_a.json"), 0, 0);
  deepEqual(digests(await build(copy)), digests(first));
});

Deno.test("point 69: names of files are normalised, whatever the distribution is called", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await syncFixture(fixture);
  const path = "packages/media_api/pyproject.toml";
  const text = await fixture.read(path);
  await fixture.write(
    path,
    text.replace('"demo-media-api"', '"Demo.Media_API"').replace("0.3.5", "0.3.6-rc.1"),
  );
  const side = await sideOf(fixture);
  const plan = await planBuild(fixture.root, side, { packages: ["media_api"], pre: "rc1" });
  deepEqual(plan.findings, []);
  const { limits } = side.repository;
  const { packages } = await buildPackages(plan, { limits, dist: join(fixture.root, "dist") });
  deepEqual(packages[0]?.files.map(({ file }) => file), [
    "demo_media_api-0.3.6rc1-py3-none-any.whl",
    "demo_media_api-0.3.6rc1.tar.gz",
  ]);
  const sdist = await filesIn(join(fixture.root, "dist", "demo_media_api-0.3.6rc1.tar.gz"));
  equal([...sdist.keys()].every((name) => name.startsWith("demo_media_api-0.3.6rc1/")), true);
});

Deno.test("point 70: logos in their own directory are shipped", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await syncFixture(fixture);
  await build(fixture, { packages: ["media_assets_02"] });
  const wheel = await filesIn(
    join(fixture.root, "dist", "demo_media_assets_02-0.1.7-py3-none-any.whl"),
  );
  equal(wheel.has("demo_media_assets_02/templates/logo/new.png"), true);
});

Deno.test("point 72: the result is the same however many packages are built at once", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await syncFixture(fixture);
  const one = await build(fixture, { jobs: 1, dist: "one" });
  const four = await build(fixture, { jobs: 4, dist: "four" });
  deepEqual(digests(four), digests(one));
  equal(one.packages.at(-1)?.id, "meta");
  equal(one.packages.length, 8);
});

Deno.test("point 73: nothing but dist is written, a second build writes nothing, files of users stay", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await syncFixture(fixture);
  await fixture.write("dist/mine.txt", "mine");
  const own = "packages/media_api/src/demo_media_api/templates/mine.json";
  await fixture.write(own, "{}");
  const before = await statesOf(fixture);
  notEqual((await build(fixture)).written.length, 0);
  const after = await statesOf(fixture);
  deepEqual(
    after.filter((line) => !line.startsWith("dist/")),
    before.filter((line) => !line.startsWith("dist/")),
  );
  equal(after.some((line) => line.startsWith("dist/.")), false);
  deepEqual((await build(fixture)).written, []);
  deepEqual(await statesOf(fixture), after);
  const wheel = await filesIn(join(fixture.root, "dist", "demo_media_api-0.3.5-py3-none-any.whl"));
  equal(wheel.has("demo_media_api/templates/mine.json"), false);
  equal(await fixture.read(own), "{}");
});

Deno.test("scenario 2, assets never copied: missing copies are listed before anything is written", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await syncFixture(fixture);
  const copies = "packages/media_api/src/demo_media_api/templates";
  await fixture.remove(`${copies}/api_a-1.webp`);
  await fixture.write(`${copies}/api_a.json`, "{}");
  const { faults } = await planBuild(fixture.root, await sideOf(fixture));
  deepEqual(faults.map(({ target, fault }) => `${fault} ${target}`), [
    `missing ${copies}/api_a-1.webp`,
    `outdated ${copies}/api_a.json`,
  ]);
  await syncFixture(fixture);
  await build(fixture, { packages: ["media_api"] });
  const wheel = await filesIn(join(fixture.root, "dist", "demo_media_api-0.3.5-py3-none-any.whl"));
  equal(
    wheel.get("demo_media_api/templates/api_a.json"),
    await fixture.read("templates/api_a.json"),
  );
});

Deno.test("scenario 16, move: files near the limit are warned of, nearer ones need --allow, larger ones fail", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await syncFixture(fixture);
  const { packages } = await build(fixture);
  const largest = Math.max(...packages.flatMap(({ files }) => files.map(({ size }) => size)));
  const at = (percent: number) => ({ fileLimit: largest / percent * 100 });
  deepEqual((await build(fixture, at(84))).sizes, []);
  equal((await build(fixture, at(86))).sizes[0]?.verdict, "warning");
  await rejects(build(fixture, at(96)), { code: "E_SIZE_LIMIT" });
  equal((await build(fixture, { ...at(96), allowLarge: true })).sizes[0]?.verdict, "critical");
  await rejects(build(fixture, { ...at(101), allowLarge: true }), { code: "E_SIZE_LIMIT" });
});

Deno.test("a build that fails leaves nothing behind, and the report keeps earlier packages", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await syncFixture(fixture);
  await rejects(build(fixture, { fileLimit: 1 }), { code: "E_SIZE_LIMIT" });
  deepEqual([...Deno.readDirSync(join(fixture.root, "dist"))], []);
  await build(fixture, { packages: ["core"] });
  await build(fixture, { packages: ["meta"] });
  const report = await readBuildReport(join(fixture.root, "dist"));
  deepEqual(report.map(({ id }) => id), ["core", "meta"]);
  match(report[0]?.files[0]?.sha256 ?? "", /^[0-9a-f]{64}$/);
});
