import { equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { readyFiles } from "../../../src/templates/hooks/mod.ts";
import { openRepository, workingFiles } from "../../../src/templates/mod.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { type TemplateLayout, templateRepository } from "../../support/template_repository.ts";
import { setVersion } from "../../support/templates/package_commands.ts";
import { splitWords } from "../../support/words.ts";

/** What needs the index, servers or other programs. */
const OUTSIDE = /packages publish|check remote|links --online|metrics|report|doctor|clean/;
const VALUES: Readonly<Record<string, string>> = { PYTHON: "3.12", BASE: "v0.5.0" };

/** The commands of a job, as its shell would see them. */
function commandsOf(job: string, pre: string): readonly (readonly string[])[] {
  return [...job.matchAll(/(?:^|run: )\s*comfydock ([^>\n]*)/gm)].map(([, line = ""]) => line)
    .filter((line) => !OUTSIDE.test(line))
    .map((line) =>
      splitWords(
        line.replace(/\$\{PRE:\+([^}]*)\}/, pre === "" ? "" : "$1").replaceAll("$PRE", pre)
          .replace(/\$(\w+)/g, (_, name) => VALUES[name] ?? ""),
      )
    );
}

for (const layout of ["seed", "today"] satisfies TemplateLayout[]) {
  Deno.test(`the steps of workflows pass on a fresh clone of a sound repository: ${layout}`, async () => {
    await using fixture = await templateRepository(layout);
    const repository = await openRepository(workingFiles(fixture.root));
    const files = await readyFiles(repository, { version: "1.2.3", branch: "main" });
    for (const { path, text } of files) await fixture.write(path, text);
    await fixture.commit("ci: check templates");
    const jobs = files.filter(({ path }) => path.startsWith(".github/workflows/"))
      .flatMap(({ path, text }) =>
        text.split(/^ {2}(?=\w+:\n(?: {4}.*\n|\n)+)/m).slice(1).map((job) => ({ path, job }))
      );
    let steps = 0;
    for (const pre of ["", "rc1"]) {
      if (pre !== "") {
        await setVersion(fixture, ".", "0.6.0-rc.1");
        await fixture.commit("chore: a pre-release");
      }
      for (const [at, { path, job }] of jobs.entries()) {
        // Only a publication can be one of a pre-release.
        if (pre !== "" && !path.endsWith("publish.yml")) continue;
        const words = commandsOf(job, pre);
        if (words.length === 0) continue;
        const clone = join(fixture.root, ".git", `clone-${pre}${at}`);
        const depth = job.includes("fetch-depth: 0") ? [] : ["--depth=1"];
        await fixture.git("clone", "--quiet", ...depth, `file://${fixture.root}`, clone);
        for (const command of words) {
          const env = { PATH: Deno.env.get("PATH") ?? "", HOME: fixture.root };
          const { code, stdout, stderr } = await runInProcess([...command, "-C", clone], { env });
          equal(code, 0, `${path}: ${command.join(" ")}\n${stdout}${stderr}`);
          steps++;
        }
      }
    }
    ok(steps >= 15, String(steps));
  });
}
