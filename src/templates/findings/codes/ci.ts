import type { FindingFacts } from "../facts.ts";

/** Codes of faults of workflows of the repository's host, its commits and tools. */
export type CiCode =
  | "W_NO_CI_FILE"
  | "W_UNPINNED_ACTION"
  | "E_COMMIT_MESSAGE"
  | "E_TOOL_FINDING"
  | "W_TOOL_ABSENT";

/** Faults of workflows of the repository's host, its commits and tools. */
export const ciCodes: Readonly<Record<CiCode, FindingFacts>> = {
  W_NO_CI_FILE: {
    area: "ci",
    severity: "warning",
    meaning: "A file that keeps the repository healthy is missing",
    hint: "Run `comfydock templates hook install --workflows`",
  },
  W_UNPINNED_ACTION: {
    area: "ci",
    severity: "warning",
    meaning: "A workflow uses an action that is not pinned to a commit",
    hint: "Name the full commit instead of the tag, and the tag in a comment",
  },
  E_COMMIT_MESSAGE: {
    area: "commits",
    severity: "error",
    meaning: "The subject of a commit does not follow the rule",
    hint: "Reword it with `git commit --amend` or `git rebase --interactive`",
  },
  E_TOOL_FINDING: {
    area: "tools",
    severity: "error",
    meaning: "A tool found something",
    hint: "Correct it, or tell the tool in its own configuration to pass it over",
  },
  W_TOOL_ABSENT: {
    area: "tools",
    severity: "warning",
    meaning: "A tool is not installed and was passed over",
    hint: "Install it, for example with `uv tool install`",
  },
};
