import { type Finding, finding } from "../findings/mod.ts";
import { decodeText, type RepositoryFiles } from "../repository/mod.ts";

const WORKFLOWS = ".github/workflows";
const MAX_BYTES = 1024 ** 2;

/** Files that keep a repository healthy; one of each line has to be there. */
const WANTED: readonly (readonly [what: string, paths: readonly string[]])[] = [
  ["a security policy", ["SECURITY.md", ".github/SECURITY.md", "docs/SECURITY.md"]],
  ["updates of dependencies", [".github/dependabot.yml", ".github/dependabot.yaml"]],
  [
    "a template for pull requests",
    [
      ".github/pull_request_template.md",
      "pull_request_template.md",
      "docs/pull_request_template.md",
    ],
  ],
];

/** Steps that some workflow should have, by what it uses or runs. */
const STEPS: readonly (readonly [what: string, mark: RegExp])[] = [
  ["code scanning", /github\/codeql-action/],
  ["a check of dependencies for known holes", /pip-audit|dependency-review-action|osv-scanner/],
];

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax: `uses: OWNER/REPOSITORY@REF`.
const USES = /^\s*(?:-\s+)?["']?uses["']?:\s*["']?([^\s"'#]+)/;

/** Checks the workflows that the repository's host runs: what is missing, and actions that are not pinned to a commit. */
export async function checkCi(files: RepositoryFiles): Promise<readonly Finding[]> {
  const roots = [
    ...await files.list("."),
    ...await files.list(".github"),
    ...await files.list("docs"),
  ];
  const there = new Set(roots.map((path) => path.toLowerCase()));
  const missing = WANTED.filter(([, paths]) => !paths.some((path) => there.has(path.toLowerCase())))
    .map(([what, [path = ""]]) =>
      finding("W_NO_CI_FILE", { file: path }, `There is no ${path}, ${what}`)
    );
  const workflows = (await files.list(WORKFLOWS)).filter((path) => /\.ya?ml$/.test(path));
  const texts = new Map<string, string>();
  for (const path of workflows) {
    const bytes = await files.read(path, MAX_BYTES);
    if (bytes) texts.set(path, decodeText(bytes));
  }
  const all = [...texts.values()].join("\n");
  const steps = STEPS.filter(([, mark]) => !mark.test(all)).map(([what]) =>
    finding("W_NO_CI_FILE", { file: WORKFLOWS }, `No workflow has ${what}`)
  );
  return [...missing, ...steps, ...[...texts].flatMap(([file, text]) => unpinned(file, text))];
}

function unpinned(file: string, text: string): readonly Finding[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    const [, used] = USES.exec(line) ?? [];
    if (used === undefined || used.startsWith("./")) return [];
    const isPinned = used.startsWith("docker://")
      ? /@sha256:[0-9a-f]{64}$/.test(used)
      : /@[0-9a-f]{40}$/.test(used);
    return isPinned ? [] : [
      finding("W_UNPINNED_ACTION", { file, line: at + 1 }, `"${used}" may become another action`),
    ];
  });
}
