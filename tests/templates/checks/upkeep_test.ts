import { deepEqual, equal, throws } from "node:assert/strict";
import { join } from "node:path";
import { checkCi, checkCommits, checkTools } from "../../../src/templates/checks/mod.ts";
import { templateErrors, workingFiles } from "../../../src/templates/mod.ts";
import { isKind } from "../../../src/base/mod.ts";
import { createRunner } from "../../../src/tools/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";

Deno.test("files that keep a repository healthy are asked for, and actions have to be pinned to commits", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const files = workingFiles(fixture.root);
  const absent = (await checkCi(files)).map(({ code, file }) => `${code} ${file}`);
  deepEqual(absent, [
    "W_NO_CI_FILE SECURITY.md",
    "W_NO_CI_FILE .github/dependabot.yml",
    "W_NO_CI_FILE .github/pull_request_template.md",
    "W_NO_CI_FILE .github/workflows",
    "W_NO_CI_FILE .github/workflows",
  ]);
  await fixture.write("SECURITY.md", "# Security\n");
  await fixture.write(".github/dependabot.yaml", "version: 2\n");
  await fixture.write(".github/PULL_REQUEST_TEMPLATE.md", "- [ ] checked\n");
  await fixture.write(
    ".github/workflows/check.yml",
    [
      "steps:",
      `  - uses: actions/checkout@${SHA} # v5`,
      `  - uses: "github/codeql-action/init@v3"`,
      "  - name: with a name",
      "    uses: actions/setup-python@main",
      "  - uses: ./.github/actions/own",
      "  - uses: docker://alpine:3",
      "  - run: pip-audit",
    ].join("\r\n"),
  );
  const found = await checkCi(files);
  deepEqual(found.map(({ code, line, message }) => `${code} ${line} ${message}`), [
    'W_UNPINNED_ACTION 3 "github/codeql-action/init@v3" may become another action',
    'W_UNPINNED_ACTION 5 "actions/setup-python@main" may become another action',
    'W_UNPINNED_ACTION 7 "docker://alpine:3" may become another action',
  ]);
  equal(found.every(({ hint }) => hint !== undefined), true);
});

Deno.test("subjects of commits follow the usual rule, or one of the configuration", () => {
  const commits = [
    "feat(api): more",
    "fix!: less",
    "Merge branch 'a'",
    "fix stuff",
    "feat:no blank",
  ]
    .map((subject) => ({ commit: SHA, subject }));
  const subjects = (pattern?: string) =>
    checkCommits(commits, pattern).map(({ code, message }) => `${code} ${message}`);
  deepEqual(subjects(), [
    'E_COMMIT_MESSAGE The subject "fix stuff" is not of the form type(scope): what changed',
    'E_COMMIT_MESSAGE The subject "feat:no blank" is not of the form type(scope): what changed',
  ]);
  equal(subjects("^fix").length, 2);
  throws(() => checkCommits(commits, "("), (error) => isKind(error, templateErrors.E_BAD_CONFIG));
});

Deno.test({
  name: "tools that are installed are asked, those that are not are told and fail nothing",
  ignore: Deno.build.os === "windows",
  async fn() {
    const root = await Deno.makeTempDir();
    const script = (name: string, body: string) =>
      Deno.writeTextFile(join(root, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    await script("ruff", 'echo "./scripts/a.py:3:1: F401 unused import"; exit 1');
    await script("yamllint", "echo 'no such directory' >&2; exit 2");
    await script("codespell", "exit 0");
    const runner = createRunner({ env: { PATH: root } });
    const found = await checkTools(runner, root);
    deepEqual(found.map(({ code, file, line, message }) => [code, file, line, message]), [
      ["E_TOOL_FINDING", "scripts/a.py", 3, "ruff: F401 unused import"],
      ["E_TOOL_FINDING", ".", undefined, "yamllint ends with 2: no such directory"],
      ["W_TOOL_ABSENT", ".", undefined, "pip-audit is not installed"],
    ]);
    await Deno.remove(root, { recursive: true });
  },
});
