import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { assertPublishedShape } from "../../../support/schemas.ts";
import { templateRepository } from "../../../support/template_repository.ts";
import { addTemplate, packagesCommand } from "../../../support/templates/package_commands.ts";
import { syncFixture } from "../../../support/templates/synced.ts";
import { serve } from "../../../support/http_server.ts";
import type { CliRun } from "../../../support/run_cli.ts";
import { runInProcess } from "../../../support/run_in_process.ts";

Deno.test("notes and changelog have their shapes; the changelog is written once", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_b", "media-api");
  const output = ["notes", "--json", "-o", `${fixture.root}/n.md`];
  equal((await packagesCommand(fixture, [...output, "--dry-run"])).code, 0);
  await rejects(fixture.read("n.md"), Deno.errors.NotFound);
  const notes = await packagesCommand(fixture, output);
  await assertPublishedShape(notes.json);
  match(await fixture.read("n.md"), /^## 0\.5\.0\n\n### Templates added\n\n- `api_b`\n$/);
  const first = await packagesCommand(fixture, ["changelog", "--json"]);
  await assertPublishedShape(first.json);
  const text = await fixture.read("CHANGELOG.md");
  const again = await packagesCommand(fixture, ["changelog"]);
  match(again.stdout, /has 0\.5\.0 already/);
  equal(await fixture.read("CHANGELOG.md"), text);
  equal(
    (await packagesCommand(fixture, ["changelog", "--file", `${fixture.root}/../CHANGES.md`])).code,
    2,
  );
});

Deno.test("clean removes what a build made, and nothing that someone changed or put there", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await syncFixture(fixture);
  const build = await packagesCommand(fixture, ["build", "core", "media_image", "--json"]);
  await assertPublishedShape(build.json);
  await fixture.write("dist/mine.txt", "mine");
  await fixture.write("dist/demo_core-0.3.4.tar.gz", "changed");
  const dry = await packagesCommand(fixture, ["clean", "--dry-run", "--json"]);
  await assertPublishedShape(dry.json);
  deepEqual((dry.json?.data as { changed: unknown }).changed, ["demo_core-0.3.4.tar.gz"]);
  equal((await packagesCommand(fixture, ["clean"])).code, 0);
  deepEqual([...Deno.readDirSync(`${fixture.root}/dist`)].map(({ name }) => name).sort(), [
    "build-report.json",
    "demo_core-0.3.4.tar.gz",
    "mine.txt",
  ]);
});

Deno.test("a report is written on failure, too", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const reports = ["--report", `${fixture.root}/r.md`, "--report-json", `${fixture.root}/r.json`];
  equal((await packagesCommand(fixture, ["build", ...reports])).code, 1);
  match(await fixture.read("r.md"), /^# Build\n\nFailed: Cannot build: packages lack files/);
  equal(JSON.parse(await fixture.read("r.json")).error.code, "E_COPIES");
  // A report that cannot be written does not hide what failed.
  const lost = await packagesCommand(fixture, [
    "build",
    "--report",
    `${fixture.root}/README.md/r.md`,
  ]);
  match(lost.stderr, /error: Cannot build: packages lack files/);
  match(lost.stderr, /README\.md/);
});

Deno.test("metrics keep runs, tell growth, and read downloads from file and server", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const envelope = (bytes: number, duration: number) =>
    JSON.stringify({
      schema: "comfydock/1",
      ok: true,
      command: "templates packages build",
      data: { packages: [{ files: [{ size: bytes }] }] },
      elapsed_ms: duration,
    });
  const runs = [[100, 10], [105, 900], [200, 900], [200, 2_000]] as const;
  for (const [at, [bytes, duration]] of runs.entries()) {
    await fixture.write(`run${at}.json`, envelope(bytes, duration));
  }
  const record = (at: number) =>
    packagesCommand(fixture, ["metrics", "record", `${fixture.root}/run${at}.json`, "--json"]);
  for (const at of [0, 1]) await assertPublishedShape((await record(at)).json);
  const compare = () => packagesCommand(fixture, ["metrics", "compare", "--json"]);
  const over = ({ json }: CliRun) =>
    (json?.data as { numbers: readonly { name: string; over: boolean }[] }).numbers
      .filter((one) => one.over).map(({ name }) => name);
  // Less than a second more is what a busy machine makes of the same work.
  equal((await compare()).code, 0);
  await record(2);
  const grown = await compare();
  equal(grown.code, 1);
  deepEqual(over(grown), ["bytes"]);
  await assertPublishedShape(grown.json);
  await record(3);
  deepEqual(over(await compare()), ["duration_ms"]);
  await assertPublishedShape((await packagesCommand(fixture, ["metrics", "--json"])).json);
  await fixture.write(".templates-metrics.jsonl", "{}\n");
  match((await packagesCommand(fixture, ["metrics"])).stderr, /line 1 has no command/);

  const recent = { package: "demo", data: { last_day: 1, last_week: 7, last_month: 30 } };
  await using server = serve(() => Response.json(recent));
  await fixture.write("recent.json", JSON.stringify([recent]));
  for (const from of [server.url, `${fixture.root}/recent.json`]) {
    const { code, json } = await downloads(from);
    equal(code, 0);
    await assertPublishedShape(json);
  }
  equal((await downloads("http://127.0.0.1:1/")).code, 6);
});

function downloads(from: string): Promise<CliRun> {
  return runInProcess([
    "templates",
    "packages",
    "metrics",
    "downloads",
    "--from",
    from,
    "--json",
  ]);
}
