import { ComfydockError, counted, isKind } from "../../base/mod.ts";
import { command, type CommandRunner, type Git, toolErrors } from "../../tools/mod.ts";
import { checkTemplates } from "../checks/mod.ts";
import type { CheckFacts } from "../checks/mod.ts";
import { countFindings } from "../findings/mod.ts";

/** One thing that the work with templates needs. */
export interface Examination {
  readonly name: string;
  readonly state: "ok" | "warning" | "error";
  /** What was found. */
  readonly message: string;
  /** What helps; absent where all is well. */
  readonly hint?: string;
}

/** What is examined. */
export interface PatientFacts {
  /** Absolute path. */
  readonly root: string;
  readonly facts: CheckFacts;
  readonly git: Git;
  readonly runner: CommandRunner;
  /** The hook pre-commit; absent where there is none. */
  readonly hook?: string;
}

interface Tool {
  readonly program: string;
  readonly without: string;
  readonly hint: string;
}

const TOOLS: readonly Tool[] = [
  {
    program: "uv",
    without: "publishing fetches one of its own",
    hint: "Install uv, or let it be fetched",
  },
  { program: "ruff", without: "Python is not linted", hint: "Install ruff, or do without" },
  {
    program: "yamllint",
    without: "workflows are not linted",
    hint: "Install yamllint, or do without",
  },
];

/** Looks whether the machine and the repository are ready for work on templates. */
export async function examine(patient: PatientFacts): Promise<readonly Examination[]> {
  const tools = await Promise.all(TOOLS.map((tool) => examineTool(patient.runner, tool)));
  return [...await examineGit(patient), ...tools, ...examineRepository(patient.facts)];
}

async function examineGit({ git, root, hook }: PatientFacts): Promise<readonly Examination[]> {
  const name = "git";
  let version: readonly number[];
  try {
    version = await git.version();
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    return [{ name, state: "error", message: error.message, hint: error.hint }];
  }
  const place = await git.place(root);
  if (!place) {
    const message = "The repository is not under git, so that nothing can be compared or released";
    return [{ name, state: "error", message, hint: "Clone it with git" }];
  }
  const history: Examination = place.shallow
    ? {
      name: "history",
      state: "error",
      message: "The clone is shallow",
      hint: "Run `git fetch --unshallow --tags`",
    }
    : await examineTags(git, root);
  const watched = hook?.includes("comfydock templates hook run") ?? false;
  return [
    { name, state: "ok", message: version.join(".") },
    history,
    {
      name: "hook",
      state: watched ? "ok" : "warning",
      message: watched ? "Commits are checked" : "Commits are not checked",
      ...!watched && { hint: "Run `comfydock templates hook install`" },
    },
  ];
}

async function examineTags(git: Git, root: string): Promise<Examination> {
  const tags = await git.mergedTags(root);
  return tags.length > 0
    ? { name: "history", state: "ok", message: counted(tags.length, "tag") }
    : {
      name: "history",
      state: "warning",
      message: "There is no tag, so that every package counts as changed",
      hint: "`git fetch --tags` brings tags that are missing",
    };
}

async function examineTool(
  runner: CommandRunner,
  { program, without, hint }: Tool,
): Promise<Examination> {
  try {
    const { stdout } = await runner.run(command({ program, args: ["--version"] }));
    return { name: program, state: "ok", message: stdout.trim().split("\n")[0] ?? "" };
  } catch (error) {
    if (!isKind(error, toolErrors.TOOL_MISSING)) throw error;
    return { name: program, state: "warning", message: `Not found: ${without}`, hint };
  }
}

function examineRepository(facts: CheckFacts): readonly Examination[] {
  const { errors, warnings } = countFindings(checkTemplates(facts));
  const { packages, meta, config } = facts.repository;
  return [
    {
      name: "packages",
      state: meta?.version === undefined ? "error" : "ok",
      message: `${counted(packages.length, "package")}, and ${meta?.name ?? "no meta package"} ${
        meta?.version ?? ""
      }`.trim(),
      ...meta?.version === undefined && { hint: `Give ${config.metaFile} a version` },
    },
    {
      name: "templates",
      state: errors > 0 ? "error" : warnings > 0 ? "warning" : "ok",
      message: [
        counted(facts.index?.templates.length ?? 0, "template"),
        counted(errors, "error"),
        counted(warnings, "warning"),
      ].join(", "),
      ...errors + warnings > 0 && { hint: "Run `comfydock templates check`" },
    },
  ];
}
