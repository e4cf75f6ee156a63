import type { OptionDefinitions } from "../../types.ts";
import { rootOption } from "../options.ts";

/** Options of `templates hook install`. */
export const installOptions = {
  ...rootOption,
  workflows: {
    kind: "boolean",
    brief: "Also write workflows for GitHub, Dependabot, a pull request template, SECURITY.md",
  },
  branch: {
    kind: "text",
    value: "NAME",
    default: "main",
    brief: "The branch that releases are made from",
  },
  replace: {
    kind: "boolean",
    brief: "Replace files that are there and differ, as long as git holds them as they are",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates hook run`. */
export const runOptions = {
  ...rootOption,
  strict: { kind: "boolean", brief: "Let warnings stop the commit, too" },
} as const satisfies OptionDefinitions;
