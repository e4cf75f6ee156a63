import type { OptionDefinitions } from "../types.ts";

/** The options of `summary`. */
export const summaryOptions = {
  as: {
    kind: "choice",
    choices: ["markdown", "text"],
    default: "markdown",
    brief: "Markdown for a page, or the text that the command would have shown",
  },
} as const satisfies OptionDefinitions;
