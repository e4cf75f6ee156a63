import { deepEqual, equal } from "node:assert/strict";
import { checkDocuments } from "../../../src/templates/documents/mod.ts";
import { openRepository, workingFiles } from "../../../src/templates/mod.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { templateRepository } from "../../support/template_repository.ts";

const PAGE = `# Help

See [the index](../templates/index.json#top), [gone](gone.md), [web](https://example.org/a.md), [top](#help).
The list is in \`scripts/data/version_policy.json\`, and was in \`scripts/old.py\`; \`a/b.py\` is no path of ours.
Name yours like \`templates/your_template.json\` or \`templates/<id>.json\`. Run \`npm run sync\` or \`npm run build\`.

\`\`\`bash
python3 scripts/validate.py --all
python scripts/data/check.py && bash ./run.sh
\`\`\`
`;

Deno.test("files, scripts and tasks that pages name and that are not there are told with page and line", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.write("docs/help.md", PAGE);
  await fixture.write("scripts/data/check.py", "");
  await fixture.write("package.json", '{"scripts": {"build": "true"}}');
  const findings = await checkDocuments(await openRepository(workingFiles(fixture.root)));
  deepEqual(findings.map(({ code, file, line, message }) => [code, file, line, message]), [
    ["W_DOC_FILE", "docs/help.md", 3, 'The page names "gone.md", which is not there'],
    ["W_DOC_FILE", "docs/help.md", 4, 'The page names "scripts/old.py", which is not there'],
    [
      ...["W_DOC_SCRIPT", "docs/help.md", 5],
      'The page names the task "sync" of package.json, which is not there',
    ],
    ["W_DOC_SCRIPT", "docs/help.md", 8, 'The page names "scripts/validate.py", which is not there'],
    ["W_DOC_SCRIPT", "docs/help.md", 9, 'The page names "./run.sh", which is not there'],
  ]);
  const argv = ["templates", "check", "docs", "-C", fixture.root, "--no-cache"];
  equal((await runInProcess(argv)).code, 0);
  equal((await runInProcess([...argv, "--strict"])).code, 1);
});
